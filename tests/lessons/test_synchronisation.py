"""The claims of docs/concurrency/synchronisation.md, one test each."""

import asyncio
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import LifoQueue, PriorityQueue, Queue
from threading import (
    Barrier,
    BoundedSemaphore,
    BrokenBarrierError,
    Condition,
    Event,
    Lock,
    RLock,
    Semaphore,
    Thread,
    Timer,
)

import pytest

SNIPPETS = Path(__file__).parents[2] / "snippets"
LESSON = "concurrency/synchronisation"
LIMIT = 30.0  # seconds until a thread counts as stuck
MOMENT = 0.01  # seconds to wait for what never comes
can_shut_down = pytest.mark.skipif(
    not hasattr(Queue, "shutdown"), reason="Queue.shutdown came in Python 3.13"
)


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """Every test ends the threads that it started."""
    before = set(threading.enumerate())
    yield
    left = set(threading.enumerate()) - before
    assert not [t for t in left if not t.name.startswith("ThreadPoolExecutor")]


def begin(target: Callable[..., object], *args: object) -> Thread:
    """Start a thread."""
    thread = Thread(target=target, args=args)
    thread.start()
    return thread


def end(*threads: Thread) -> None:
    """Wait until each thread has ended."""
    for thread in threads:
        thread.join(LIMIT)
        assert not thread.is_alive()


def changed(name: str, *changes: tuple[str, str]) -> str:
    """An example's source, changed as a "try this" tells the reader to."""
    source = (SNIPPETS / LESSON / f"{name}.py").read_text("utf-8")
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    return source


def printed_by(source: str) -> str:
    """What a program prints in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", "utf8", "-c", source],
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT,
        check=True,
    )
    return done.stdout


def hangs(source: str, line: str) -> bool:
    """Whether a program comes to this line, prints nothing and does not end."""
    assert source.count(f"    {line}\n") == 1
    source = source.replace(f"    {line}\n", f"    print('here')\n    {line}\n")
    with subprocess.Popen(
        [sys.executable, "-u", "-X", "utf8", "-c", source],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "here\n"
        try:
            process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            return True
        finally:
            process.kill()
            assert process.stdout.read() == ""
    return False


# A lock cannot wait for an order


def test_the_order_comes_too_late(output):
    """The packer finds nothing, and the order stays on the desk."""
    assert output(f"{LESSON}/nobody_waited") == (
        "packed: []\nstill on the desk: ['Night Trains']\n"
    )


def test_the_lock_is_used_correctly(load):
    """An order that is there in time is packed by the same code."""
    orders, parcels = ["Night Trains"], []
    pack_one = load(f"{LESSON}/nobody_waited").pack_one
    pack_one(orders, Lock(), Event(), parcels)
    assert (orders, parcels) == ([], ["Night Trains"])


# Wait for a flag


def test_one_call_releases_all_tills(output):
    """Nobody serves before, everybody after, and the late till does not wait."""
    assert output(f"{LESSON}/open_the_shop") == (
        "before opening: False []\n"
        "after opening: True ['till 1', 'till 2', 'till 3']\n"
        "the late till serves too: late\n"
    )


def test_the_flag_is_down_at_first_and_up_until_clear():
    """``set`` puts it up, any number of waits leave it up, ``clear`` ends that."""
    flag = Event()
    assert not flag.is_set()
    flag.set()
    assert flag.wait()
    assert flag.wait()
    flag.clear()
    assert not flag.is_set()


def test_wait_with_a_timeout_tells_how_it_ended():
    """``False`` when the time is over, ``True`` when the flag is up."""
    flag = Event()
    assert flag.wait(MOMENT) is False
    flag.set()
    assert flag.wait(LIMIT) is True


def test_with_a_timeout_the_tills_serve_in_a_closed_shop():
    """Try this: nobody opens, and nobody looks at what ``wait`` returned."""
    source = changed(
        "open_the_shop",
        ("shop_opens.wait()", "shop_opens.wait(0.01)"),
        ("    shop_opens.set()\n", ""),
    )
    second = printed_by(source).splitlines()[1]
    assert second == "after opening: False ['till 1', 'till 2', 'till 3']"


# Let a few in at a time


def test_the_peak_is_three(output):
    """Six tills, and never more than three ask at once."""
    assert output(f"{LESSON}/three_at_a_time") == (
        "tills: 6\nasking at once, at most: 3\n"
    )


@pytest.mark.parametrize("lines", [1, 6])
def test_the_peak_is_the_number_of_places(lines):
    """Try this: with one line the peak is 1, with six it is 6."""
    source = changed("three_at_a_time", ("LINES = 3", f"LINES = {lines}"))
    assert printed_by(source).endswith(f"at most: {lines}\n")


def test_with_nine_tills_the_peak_is_three_as_well():
    """More tills take no more places."""
    source = changed("three_at_a_time", ("TILLS = 6", "TILLS = 9"))
    assert printed_by(source) == "tills: 9\nasking at once, at most: 3\n"


@pytest.mark.parametrize(
    "change", [("LINES = 3", "LINES = 4"), ("TILLS = 6", "TILLS = 7")]
)
def test_tills_that_do_not_fill_the_lines_wait_for_ever(change):
    """Try this: the supplier answers only when all lines are taken."""
    source = changed(
        "three_at_a_time",
        change,
        (
            "        till.start()\n    for till in tills:\n",
            "        till.start()\n    started = tills\n    for till in started:\n",
        ),
    )
    assert hangs(source, "started = tills")


def test_a_semaphore_waits_when_no_place_is_free():
    """The third of two does not come in until one has left."""
    places, inside = Semaphore(2), Event()
    with places:
        with places:
            third = begin(lambda: (places.acquire(), inside.set()))
            assert not inside.wait(MOMENT)
        assert inside.wait(LIMIT)
    end(third)


# Wait until a statement is true


def test_both_tills_get_their_copy(output):
    """The van brings two, both tills sell, none is left."""
    assert output(f"{LESSON}/wait_for_stock") == (
        "receipts: ['till 1', 'till 2']\nleft: 0\n"
    )


def test_wait_for_does_not_wait_when_it_is_true_already():
    """Try this: the van comes first, and the output is the same."""
    source = changed(
        "wait_for_stock",
        (
            "    for thread in (*tills, van):\n        thread.start()\n",
            "    van.start()\n    van.join()\n"
            "    for till in tills:\n        till.start()\n",
        ),
    )
    assert printed_by(source) == "receipts: ['till 1', 'till 2']\nleft: 0\n"


def test_a_plain_wait_misses_an_earlier_notification():
    """It sleeps until its time is over."""
    condition = Condition()
    with condition:
        condition.notify_all()
        assert condition.wait(MOMENT) is False


def test_wait_for_gives_the_lock_back_and_has_it_again():
    """Others can take the lock meanwhile; the answer comes under the lock."""
    condition = Condition(Lock())
    waiting, state = Event(), {"true": False, "asked": []}

    def statement() -> bool:
        state["asked"].append(condition.acquire(blocking=False))
        waiting.set()
        return state["true"]

    def wait() -> None:
        with condition:
            assert condition.wait_for(statement)
            state["held"] = not condition.acquire(blocking=False)

    thread = begin(wait)
    assert waiting.wait(LIMIT)
    with condition:
        state["true"] = True
        condition.notify_all()
    end(thread)
    assert state["held"]
    assert state["asked"] == [False, False]


def test_wait_for_gives_up_when_its_time_is_over():
    """Then it returns what the statement said last."""
    condition = Condition()
    with condition:
        assert condition.wait_for(lambda: False, MOMENT) is False


def test_notify_needs_the_lock_always_and_wait_for_when_it_waits():
    """Without the lock, ``wait_for`` returns at once what is true already."""
    condition = Condition()
    with pytest.raises(RuntimeError):
        condition.notify_all()
    assert condition.wait_for(lambda: True) is True
    with pytest.raises(RuntimeError):
        condition.wait_for(lambda: False, MOMENT)


def test_notify_wakes_one():
    """Of two who wait, one goes on."""
    condition, go_on = Condition(), Semaphore(0)
    waits = [Event(), Event()]

    def wait(about_to_wait: Event) -> None:
        with condition:
            about_to_wait.set()
            condition.wait()
        go_on.release()

    threads = [begin(wait, event) for event in waits]
    assert all(event.wait(LIMIT) for event in waits)
    with condition:
        condition.notify()
    assert go_on.acquire(timeout=LIMIT)
    assert not go_on.acquire(timeout=MOMENT)
    with condition:
        condition.notify()
    end(*threads)


# Enter your own lock again


def test_only_an_rlock_is_entered_twice(output):
    """The inner acquire of a Lock times out, that of an RLock succeeds."""
    assert output(f"{LESSON}/rlock_re_entry") == (
        "Lock: sold [False, False], left 3\nRLock: sold [True, True], left 1\n"
    )


def test_only_a_lock_is_released_by_another_thread(output):
    """A Lock has no owner, an RLock has one."""
    assert output(f"{LESSON}/released_by_another") == (
        "Lock: released by till 2\nRLock: cannot release un-acquired lock\n"
    )


def test_an_rlock_is_free_when_all_is_given_back():
    """Two acquires need two releases before another thread gets in."""
    lock, got = RLock(), []

    def take() -> None:
        got.append(lock.acquire(blocking=False))
        if got[-1]:
            lock.release()

    lock.acquire()
    lock.acquire()
    for _ in range(2):
        lock.release()
        end(begin(take))
    assert got == [False, True]


# Meet, or act later


def test_the_shares_know_the_total(output):
    """The action ran once, before anybody went on."""
    assert output(f"{LESSON}/count_together") == (
        "totals: [34]\nsea: 15 of 34\nfiction: 10 of 34\nothers: 9 of 34\n"
    )


def test_the_shelves_hold_the_shop_stock(load):
    """The counts are those of the books in the shop."""
    rows = [line.split("|") for line in worlds_table("#### `books`")]
    stock = [int(row[5]) for row in rows]
    shelves = load(f"{LESSON}/count_together").SHELVES
    assert sorted(stock) == sorted(
        copies for shelf in shelves.values() for copies in shelf
    )


def worlds_table(heading: str) -> list[str]:
    """The rows of a table on the page about the shop."""
    text = (SNIPPETS.parent / "docs/worlds.md").read_text("utf-8")
    lines = text.partition(heading)[2].splitlines()
    rows = [line for line in lines[2:] if line.startswith("|")]
    return rows[2:10]


def test_the_action_runs_in_one_of_the_threads():
    """And only once."""
    ran_in: list[Thread] = []
    barrier = Barrier(2, lambda: ran_in.append(threading.current_thread()))
    threads = [begin(barrier.wait) for _ in range(2)]
    end(*threads)
    assert len(ran_in) == 1
    assert ran_in[0] in threads


def test_a_barrier_breaks_when_one_does_not_come():
    """All who wait get the error, not only the one whose time is over."""
    barrier, errors = Barrier(3), []

    def wait(timeout: float | None) -> None:
        try:
            barrier.wait(timeout)
        except BrokenBarrierError as error:
            errors.append(error)

    end(begin(wait, None), begin(wait, MOMENT))
    assert len(errors) == 2
    assert barrier.broken


def test_a_barrier_has_a_timeout_of_its_own():
    """It serves every ``wait`` that gives none."""
    with pytest.raises(BrokenBarrierError):
        Barrier(2, timeout=MOMENT).wait()


def test_a_timer_calls_once_and_can_be_cancelled(output):
    """The lights go out; the alarm never rings, and nobody waits for it."""
    assert output(f"{LESSON}/closing_time") == "announced: ['lights out']\n"


def test_a_timer_is_a_thread():
    """Each has one of its own, which ends when it is cancelled."""
    timer = Timer(LIMIT, print)
    assert isinstance(timer, Thread)
    timer.start()
    timer.cancel()
    end(timer)


def test_a_call_that_has_begun_is_not_cancelled():
    """``cancel`` comes too late, and the call goes on to its end."""
    begun, go_on, done = Event(), Event(), []
    timer = Timer(0, lambda: (begun.set(), go_on.wait(LIMIT), done.append("lights")))
    timer.start()
    assert begun.wait(LIMIT)
    timer.cancel()
    go_on.set()
    end(timer)
    assert done == ["lights"]


# Hand work over


def test_every_order_is_packed_once(output):
    """Two producers, two packers, five parcels, an empty queue."""
    assert output(f"{LESSON}/orders_through_a_queue") == (
        "A Short Silence\nL'Été indien\nNight Trains\nSalt Roads\n"
        "The Tide Clock\nleft in the queue: 0\n"
    )


def test_one_sentinel_for_two_packers_is_too_few():
    """Try this: the program prints nothing and never ends."""
    source = changed("orders_through_a_queue", ("for _ in packers:", "if packers:"))
    assert hangs(source, "for packer in packers:")


def test_get_takes_the_oldest_and_put_waits_for_room():
    """First in, first out; a full queue holds the producer back."""
    orders = Queue(maxsize=2)
    orders.put(1)
    orders.put(2)
    with pytest.raises(queue.Full):
        orders.put(3, timeout=MOMENT)
    waiting = begin(orders.put, 3)
    assert [orders.get() for _ in range(3)] == [1, 2, 3]
    end(waiting)
    with pytest.raises(queue.Empty):
        orders.get(timeout=MOMENT)


def test_an_empty_queue_is_not_a_finished_one():
    """The last item is in somebody's hands, and ``join`` still waits."""
    orders, joined = Queue(), Event()
    orders.put("Night Trains")
    orders.get()
    waiting = begin(lambda: (orders.join(), joined.set()))
    assert orders.empty()
    assert not joined.wait(MOMENT)
    orders.task_done()
    assert joined.wait(LIMIT)
    end(waiting)


def test_join_waits_for_the_work_and_not_for_the_thread(output):
    """All three are dealt with, the bad one too; the packer is alive."""
    assert output(f"{LESSON}/packed_before_closing") == (
        "parcels: ['Night Trains, 1250 c', 'Salt Roads, 2200 c']\n"
        "errors: [\"100% Bread: KeyError('100% Bread')\"]\n"
        "the packer still waits: True\n"
    )


class NoMore:
    """A price list that sends the packer home."""

    def __getitem__(self, title: str) -> int:
        sys.exit()


@pytest.mark.parametrize(
    ("old", "new", "unreported"),
    [
        ("        finally:\n", "        finally:\n", 0),
        ("        finally:\n            orders", "        orders", 1),
    ],
)
def test_with_finally_an_order_is_reported_however_it_ends(old, new, unreported):
    """Also when the packer leaves; ``task_done`` below it is never reached."""
    names: dict = {"__name__": "packed"}
    exec(changed("packed_before_closing", (old, new)), names)
    names["PRICES"] = NoMore()
    orders = Queue()
    orders.put("100% Bread")
    with pytest.raises(SystemExit):
        names["pack"](orders, [], [])
    assert orders.unfinished_tasks == unreported


def test_a_packer_that_dies_lets_join_wait():
    """Its own order is reported, and those behind it never are."""
    source = changed(
        "packed_before_closing", ("except Exception as", "except TypeError as")
    )
    assert hangs(source, "orders.join()")


def test_join_behind_the_sentinel_waits_for_ever():
    """``END`` is an item too, and nobody reports it."""
    source = changed(
        "packed_before_closing",
        ("    orders.put(END)\n", ""),
        ("    orders.join()\n", "    orders.put(END)\n    orders.join()\n"),
    )
    assert hangs(source, "orders.join()")


@can_shut_down
def test_shutdown_ends_all_packers_after_the_last_order(output):
    """What is in the queue is packed; nothing more can be put in."""
    assert output(f"{LESSON}/shut_down_at_closing") == (
        "parcels: ['Night Trains', 'Salt Roads', 'The Tide Clock']\n"
        "too late: 100% Bread\n"
    )


@can_shut_down
def test_an_immediate_shutdown_throws_items_away():
    """``get`` hands out nothing any more."""
    orders = Queue()
    orders.put("Night Trains")
    orders.shutdown(immediate=True)
    with pytest.raises(queue.ShutDown):
        orders.get()


# Pitfalls


def test_a_till_that_does_not_look_again_sells_what_is_gone(output):
    """Two sales of one copy."""
    assert output(f"{LESSON}/woken_too_early") == (
        "left after one delivery and two sales: -1\n"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("            if self.left == 0:", "            while self.left == 0:"),
        (
            "            if self.left == 0:\n"
            "                about_to_wait.set()\n"
            "                self._changed.wait()\n",
            "            about_to_wait.set()\n"
            "            self._changed.wait_for(lambda: self.left > 0)\n",
        ),
    ],
)
def test_the_cure_is_to_look_again(old, new):
    """With ``while``, or ``wait_for``, each copy is sold once."""
    source = changed("woken_too_early", (old, new))
    names: dict = {"__name__": "cure"}
    exec(compile(source, "cure.py", "exec"), names)
    bread, waits = names["Shelf"](), [Event(), Event()]
    sold = Semaphore(0)
    tills = [begin(lambda e=e: (bread.sell(e), sold.release())) for e in waits]
    assert all(event.wait(LIMIT) for event in waits)
    bread.deliver(1)
    assert sold.acquire(timeout=LIMIT)
    assert not sold.acquire(timeout=MOMENT)
    assert bread.left == 0
    bread.deliver(1)
    end(*tills)
    assert bread.left == 0


def test_a_semaphore_believes_a_second_release(output):
    """Three places become four; the bounded one raises."""
    printed = output(f"{LESSON}/released_too_often")
    assert printed.startswith("price: 1250\nfree places of three: 4\n")
    assert printed.endswith("ValueError: Semaphore released too many times\n")


def test_while_others_hold_places_it_notices_late(load):
    """The wrong call goes through, and an innocent release raises."""
    places = BoundedSemaphore(3)
    places.acquire()
    load(f"{LESSON}/released_too_often").call_supplier(places)
    with pytest.raises(ValueError, match="released too many"):
        places.release()


def test_with_gives_each_place_back_once():
    """Also when the block raises."""
    places = BoundedSemaphore(1)
    with pytest.raises(KeyError), places:
        raise KeyError
    assert places.acquire(blocking=False)
    assert not places.acquire(blocking=False)


# Which one should I use?


def test_the_siblings_of_the_queue_have_another_order():
    """The newest first, the smallest first."""
    for make, taken in ((LifoQueue, [2, 3, 1]), (PriorityQueue, [1, 2, 3])):
        items = make()
        for item in (1, 3, 2):
            items.put(item)
        assert [items.get() for _ in range(3)] == taken


def test_asyncio_has_all_but_two_of_them():
    """``RLock`` and ``Timer`` are for threads alone."""
    names = ["Lock", "RLock", "Event", "Condition", "Barrier", "Timer", "Semaphore"]
    names += ["BoundedSemaphore", "Queue", "LifoQueue", "PriorityQueue"]
    assert {name for name in names if not hasattr(asyncio, name)} == {"RLock", "Timer"}


# Under the hood


def test_a_condition_makes_itself_an_rlock():
    """The thread that holds it can take it again."""
    condition = Condition()
    with condition:
        assert condition.acquire(blocking=False)
        condition.release()


def test_a_queue_is_one_lock_with_three_conditions():
    """Not empty, not full, all done: they share the queue's lock."""
    orders = Queue()
    assert {type(c) for c in (orders.not_empty, orders.not_full)} == {Condition}
    with orders.mutex:
        for condition in (orders.not_empty, orders.not_full, orders.all_tasks_done):
            assert not condition.acquire(blocking=False)
