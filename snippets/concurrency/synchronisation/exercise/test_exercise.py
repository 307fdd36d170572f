import itertools
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event, Thread

import pytest

from exercise import PACKERS, pack_orders

ORDERS = 50
ROOMY, NARROW = 2 * ORDERS, 2  # bounds of the queue
PACKING = 0.001  # seconds
PATIENCE = 0.5  # seconds to look for what must not happen
LIMIT = 4.0  # seconds until a thread counts as stuck


def numbered(name: str, orders: int) -> list[str]:
    return [f"{name} {number}" for number in range(orders)]


def packed(order: str) -> str:
    return f"parcel of {order}"


def start(
    sources: list[Iterable[str]],
    pack: Callable[[str], str] = packed,
    bound: int = ROOMY,
) -> tuple[Thread, list]:
    """Run pack_orders() in a thread; its end will be in the list."""
    before = set(threading.enumerate())
    ends: list = []

    def run() -> None:
        end: object
        try:
            end = pack_orders(sources, pack, bound)
        except Exception as error:
            end = error
        here = threading.current_thread()
        left = set(threading.enumerate()) - before - {here}
        ends.extend((end, left))

    thread = Thread(target=run, daemon=True)
    thread.start()
    return thread, ends


def end_of(thread: Thread, ends: list) -> object:
    """What pack_orders() returned or raised, all threads being gone."""
    thread.join(LIMIT)
    if not ends:
        pytest.fail("pack_orders() never ended")
    end, left = ends
    assert not left, "pack_orders() has ended and left threads behind"
    return end


def test_nothing_is_lost_or_doubled():
    early_in: list[Thread] = []
    begun = Event()

    def early() -> Iterator[str]:
        early_in.append(threading.current_thread())
        begun.set()
        yield from numbered("web", ORDERS)

    def late() -> Iterator[str]:
        begun.wait(LIMIT / 2)
        with suppress(RuntimeError):  # both in one thread
            early_in[0].join(LIMIT / 2)  # one producer has gone home
        yield from numbered("counter", ORDERS)

    parcels = end_of(*start([early(), late()]))
    orders = numbered("web", ORDERS) + numbered("counter", ORDERS)
    if sorted(parcels) != sorted(map(packed, orders)):
        pytest.fail("an order was lost, or packed twice")


def test_no_orders_no_parcels():
    assert end_of(*start([[], []])) == []


def test_three_pack_while_two_produce():
    producers, packers = Barrier(2), Barrier(PACKERS)

    def source(name: str) -> Iterator[str]:
        producers.wait(LIMIT / 2)
        yield from numbered(name, PACKERS)
        producers.wait(LIMIT / 2)

    def pack(order: str) -> str:
        packers.wait(LIMIT / 2)
        return packed(order)

    end = end_of(*start([source("web"), source("counter")], pack))
    if isinstance(end, BrokenBarrierError):
        pytest.fail("they do not work at the same time")
    assert len(end) == 2 * PACKERS


def test_the_queue_never_exceeds_its_bound():
    drawn: list[str] = []
    done: list[str] = []
    in_hand = 1 + PACKERS  # one by the producer, one by each packer
    too_many, go_on = Event(), Event()

    def source() -> Iterator[str]:
        for order in numbered("web", ORDERS):
            drawn.append(order)
            if len(drawn) - len(done) > NARROW + in_hand:
                too_many.set()
            yield order

    def pack(order: str) -> str:
        go_on.wait(LIMIT)
        done.append(order)
        return packed(order)

    running = start([source()], pack, bound=NARROW)
    too_many.wait(PATIENCE)  # a right solution never sets it
    go_on.set()
    assert len(end_of(*running)) == ORDERS
    if too_many.is_set():
        pytest.fail("more orders wait than the queue may hold")


def test_an_error_in_packing_stops_the_work():
    failed: list[Thread] = []
    one_more = Event()
    broken = ConnectionError("the label printer is off")

    def source() -> Iterator[str]:  # without an end
        for number in itertools.count():
            if one_more.is_set():
                return
            yield f"web {number}"

    def pack(order: str) -> str:
        packer = threading.current_thread()
        if order == "web 2":
            failed.append(packer)
            raise broken
        if packer in failed:
            one_more.set()
        time.sleep(PACKING)
        return packed(order)

    try:
        end = end_of(*start([source()], pack, bound=NARROW))
        if one_more.is_set():
            pytest.fail("a packer went on after its error")
    finally:
        one_more.set()
    assert end is broken, "the first error is raised"


def test_an_error_in_a_source_is_raised():
    broken = ConnectionError("the web shop is down")

    def source() -> Iterator[str]:
        yield "web 0"
        raise broken

    end = end_of(*start([source()], bound=NARROW))
    assert end is broken, "the first error is raised"


def test_it_waits_for_the_last_parcel():
    packing, go_on = Event(), Event()

    def pack(order: str) -> str:
        packing.set()
        go_on.wait(LIMIT)
        return packed(order)

    thread, ends = start([["web 0"]], pack)
    packing.wait(LIMIT)
    thread.join(PATIENCE)  # a right solution is still at work
    too_early = bool(ends)
    go_on.set()
    if too_early:
        pytest.fail("it ended before the last order was packed")
    assert end_of(thread, ends) == [packed("web 0")]
