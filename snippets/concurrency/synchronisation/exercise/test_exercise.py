import itertools
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from queue import Full, Queue
from threading import Barrier, BrokenBarrierError, Event, Thread

import pytest

from exercise import PACKERS, pack_orders

ORDERS = 50
ROOMY, NARROW = 2 * ORDERS, 2  # bounds of the queue
PACKING = 0.001  # seconds
MEETING = 0.5  # seconds until all packers have come together
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
        except BaseException as error:
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


def test_an_error_in_one_source_stops_the_other():
    failing_in: list[Thread] = []
    begun, read_to_the_end = Event(), Event()
    broken = ConnectionError("the web shop is down")

    def failing() -> Iterator[str]:
        failing_in.append(threading.current_thread())
        begun.set()
        yield "web 0"
        raise broken

    def other() -> Iterator[str]:
        begun.wait(LIMIT / 2)
        with suppress(RuntimeError):  # both in one thread
            failing_in[0].join(LIMIT / 2)  # now all can see the error
        yield from numbered("counter", ORDERS)
        read_to_the_end.set()

    end = end_of(*start([failing(), other()]))
    if read_to_the_end.is_set():
        pytest.fail("the other source was read to its end")
    assert end is broken, "the first error is raised"


def test_every_packer_may_fail(monkeypatch):
    broken = ConnectionError("the label printer is off")
    all_pack = Barrier(PACKERS)

    def pack(order: str) -> str:
        with suppress(BrokenBarrierError):  # all in one thread
            all_pack.wait(MEETING)
        raise broken

    # A put that nobody makes room for ends, and so does its thread.
    monkeypatch.setattr(Queue.put, "__defaults__", (True, LIMIT / 2))
    orders = numbered("web", 2 * PACKERS)
    end = end_of(*start([orders], pack, bound=1))
    if isinstance(end, Full):
        pytest.fail("nobody is left to take out what is put in")
    assert end is broken, "the first error is raised"


def fail_together(
    errors: dict[str, Exception], too_late: list[str]
) -> Callable[[str], str]:
    """A pack() that has all first orders in hand when "web 0" fails.

    Its packer goes home before the others go on. What those begin
    then comes too late.
    """
    failed: list[Thread] = []
    all_pack = Barrier(PACKERS)

    def pack(order: str) -> str:
        packer = threading.current_thread()
        if order not in numbered("web", PACKERS):
            if packer not in failed:
                too_late.append(order)
            return packed(order)
        if order == "web 0":
            failed.append(packer)
        with suppress(BrokenBarrierError):  # all in one thread
            all_pack.wait(MEETING)
        if order != "web 0":
            failed[0].join(LIMIT / 2)  # now all can see its error
        if order in errors:
            raise errors[order]
        return packed(order)

    return pack


def test_the_first_error_is_raised():
    first = ConnectionError("the label printer is off")
    second = ValueError("there is no tape")
    pack = fail_together({"web 0": first, "web 1": second}, [])
    end = end_of(*start([numbered("web", PACKERS)], pack))
    assert end is first, "the first error is raised"


def test_the_other_packers_begin_no_more():
    broken = ConnectionError("the label printer is off")
    too_late: list[str] = []
    pack = fail_together({"web 0": broken}, too_late)
    end = end_of(*start([numbered("web", ORDERS)], pack))
    if too_late:
        pytest.fail("a packer began an order after the error")
    assert end is broken, "the first error is raised"


def test_an_exit_is_an_error_too():
    def source() -> Iterator[str]:
        yield "web 0"
        sys.exit("the web shop is closed")

    def pack(order: str) -> str:
        sys.exit("the packer goes home")

    for end in (
        end_of(*start([source()])),
        end_of(*start([["web 0"]], pack)),
    ):
        if not isinstance(end, SystemExit):
            pytest.fail("sys.exit() went unnoticed")


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
