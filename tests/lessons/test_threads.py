"""The claims of docs/concurrency/threads.md, one test each."""

import contextlib
import gc
import hashlib
import socket
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event, Lock, Thread
from types import SimpleNamespace

import pytest

SNIPPETS = Path(__file__).parents[2] / "snippets"
LESSON = "concurrency/threads"
LIMIT = 30.0  # seconds until a thread counts as stuck
HAS_GIL = getattr(sys, "_is_gil_enabled", lambda: True)()
needs_gil = pytest.mark.skipif(not HAS_GIL, reason="a free-threaded build")


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """Every test ends the threads that it started."""
    before = set(threading.enumerate())
    yield
    left = set(threading.enumerate()) - before
    assert not [t for t in left if not t.name.startswith("ThreadPoolExecutor")]


@pytest.fixture
def failures(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the exceptions that leave a thread during the test."""
    seen: list[str] = []

    def notice(failure: threading.ExceptHookArgs) -> None:
        seen.append(failure.exc_type.__name__)

    monkeypatch.setattr(threading, "excepthook", notice)
    return seen


def run(*threads: Thread) -> None:
    """Start the threads, and wait until each has ended."""
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
        assert not thread.is_alive()


def python(source: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", source],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
        **options,
    )


def changed(name: str, *changes: tuple[str, str]) -> str:
    """An example's source, changed as a "try this" tells the reader to."""
    source = (SNIPPETS / LESSON / f"{name}.py").read_text("utf-8")
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    return source


# One copy, two receipts


def test_two_receipts_for_one_copy(output):
    """Both tills sell the only copy, and the counter knows of one sale."""
    assert output(f"{LESSON}/lost_update") == (
        "receipts: ['till 1', 'till 2']\n"
        "sold, says the counter: 1\n"
        "left, says the counter: 0\n"
    )


def test_the_update_is_lost_every_time(load, capsys):
    """It is no accident: the barrier loses the update on each of 50 runs."""
    lost_update = load(f"{LESSON}/lost_update")
    for _ in range(50):
        lost_update.main()
    assert capsys.readouterr().out.count("sold, says the counter: 1\n") == 50


def test_one_till_after_the_other_loses_nothing(load):
    """The same code is right as long as nobody comes between."""
    lost_update = load(f"{LESSON}/lost_update")
    counter, receipts = lost_update.StockCounter(left=1), []
    for _ in range(2):
        run(Thread(target=lost_update.sell, args=(counter, Barrier(1), receipts)))
    assert (len(receipts), counter.sold, counter.left) == (1, 1, 0)


# Start, name and join


def test_events_force_the_order_of_finishing(output):
    """The till that started first finishes last, in threads with their names."""
    printed = output(f"{LESSON}/two_tills")
    assert "waiting: True True" in printed
    assert "['till 2 sold Salt Roads', 'till 1 sold Night Trains']" in printed
    assert "still running: False False" in printed
    assert "printed by: MainThread" in printed


def test_names_that_python_makes():
    """Try this: without names the tills are Thread-1 (sell) and Thread-2 (sell)."""
    source = changed(
        "two_tills", ('        name="till 1",\n', ""), ('        name="till 2",\n', "")
    )
    printed = python(source).stdout
    assert "['Thread-2 (sell) sold Salt Roads', 'Thread-1 (sell) sold" in printed


def test_args_and_kwargs_reach_the_target():
    """``args`` is a tuple, ``kwargs`` a dictionary."""
    got = []
    run(Thread(target=lambda *a, **k: got.append((a, k)), args=(1,), kwargs={"n": 2}))
    assert got == [((1,), {"n": 2})]


def test_nothing_runs_before_start():
    """A thread that was made is not alive, and its target was not called."""
    called = Event()
    thread = Thread(target=called.set)
    assert not thread.is_alive()
    assert not called.is_set()
    run(thread)
    assert called.is_set()


def test_start_does_not_wait():
    """``start()`` returns while the target is still waiting."""
    go = Event()
    thread = Thread(target=go.wait)
    thread.start()
    assert thread.is_alive()
    go.set()
    thread.join()


def test_join_returns_none_and_the_results_are_in_the_dictionary(output):
    """Each thread writes its result under its own key."""
    printed = output(f"{LESSON}/results_back")
    assert "join returned: [None, None, None]" in printed
    assert "east: 1325 c\nnorth: 1250 c\nsouth: 1200 c\ncheapest: south\n" in printed


def test_waits_overlap_when_all_start_before_the_first_join(load):
    """All three suppliers are being asked at the same moment."""
    results_back = load(f"{LESSON}/results_back")
    all_asking = Barrier(3)
    results_back.time = SimpleNamespace(sleep=lambda _: all_asking.wait(LIMIT))
    results_back.main()
    assert not all_asking.broken


# Know what the GIL does


@needs_gil
def test_the_neighbour_runs_when_we_wait(output):
    """One thread at a time executes bytecode; waiting hands the turn on."""
    assert output(f"{LESSON}/one_at_a_time") == (
        "the neighbour ran while we computed: False\n"
        "the neighbour ran while we waited: True\n"
    )


def test_the_example_puts_the_switch_interval_back(load):
    """It is 5 ms unless changed, and 5 ms afterwards."""
    assert sys.getswitchinterval() == pytest.approx(0.005)
    load(f"{LESSON}/one_at_a_time").main()
    assert sys.getswitchinterval() == pytest.approx(0.005)


def rang_during(
    work: Callable[[], object], rounds: int, interval: float = 60.0
) -> bool:
    """Whether a neighbour comes to run within so many rounds of work."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(interval)
    go, rang = Event(), Event()
    neighbour = Thread(target=lambda: (go.wait(), rang.set()))
    try:
        neighbour.start()
        go.set()
        for _ in range(rounds):
            work()
            if rang.is_set():
                break
        return rang.is_set()
    finally:
        neighbour.join(LIMIT)
        sys.setswitchinterval(usual)


@needs_gil
def test_python_code_holds_the_gil():
    """Pure-Python work lets nobody else run, however many rounds it takes."""
    assert not rang_during(lambda: sum(n for n in range(1000)), rounds=300)


def test_hashing_releases_the_gil():
    """``hashlib.pbkdf2_hmac`` lets other threads run while it works."""
    isbn, salt = b"9780000000066", b"lantern"
    assert rang_during(
        lambda: hashlib.pbkdf2_hmac("sha256", isbn, salt, 5000), rounds=2000
    )


def read_nothing() -> None:
    """Wait for a message on a connection over which nobody sends."""
    here, there = socket.socketpair()
    with here, there, contextlib.suppress(TimeoutError):
        here.settimeout(0.001)
        here.recv(1)


@pytest.mark.parametrize(
    "wait", [lambda: time.sleep(0.001), lambda: Event().wait(0.001), read_nothing]
)
def test_waiting_releases_the_gil(wait):
    """Sleeping, waiting for a lock and for the network let other threads run."""
    assert rang_during(wait, rounds=2000)


def test_whoever_wants_the_turn_gets_it_after_the_interval():
    """With the usual interval a neighbour runs in the middle of computing."""
    assert rang_during(
        lambda: sum(n for n in range(1000)), rounds=1_000_000, interval=0.005
    )


class Sold:
    """A counter like any other."""

    sold = 0


class SoldProperty:
    """Its ``sold`` became a property."""

    def __init__(self) -> None:
        self._sold = 0

    @property
    def sold(self) -> int:
        return self._sold

    @sold.setter
    def sold(self, sold: int) -> None:
        self._sold = sold


def lost_by_four_tills(counter: Sold | SoldProperty, sales: int) -> int:
    """How many sales are lost if nobody waits and threads switch all the time."""

    tills = 4
    opening = Barrier(tills)

    def sell() -> None:
        opening.wait(LIMIT)
        for _ in range(sales):
            counter.sold += 1

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        run(*(Thread(target=sell) for _ in range(tills)))
    finally:
        sys.setswitchinterval(usual)
    return tills * sales - counter.sold


@needs_gil
def test_this_very_line_may_go_well():
    """Today's CPython does not switch between its steps."""
    assert lost_by_four_tills(Sold(), sales=100_000) == 0


def test_the_same_line_loses_updates_on_a_property():
    """A switch inside ``+=`` is enough, and nobody waited."""
    end = time.monotonic() + LIMIT
    while not lost_by_four_tills(SoldProperty(), sales=100_000):
        assert time.monotonic() < end


@needs_gil
def test_threads_do_not_speed_up_python_code():
    """Four computing threads together use at most one core.

    Their CPU time is compared with the time that passed; load only lengthens that.
    """
    cpu: list[float] = []

    def count_primes(limit: int) -> None:
        begin = time.thread_time()
        assert sum(all(n % d for d in range(2, n)) for n in range(2, limit)) > 0
        cpu.append(time.thread_time() - begin)

    begin = time.perf_counter()
    run(*(Thread(target=count_primes, args=(1500,)) for _ in range(4)))
    assert len(cpu) == 4
    assert sum(cpu) <= 1.2 * (time.perf_counter() - begin)


# Lock the read together with the write


def test_ten_tills_ten_sales(output):
    """The locked counter is right."""
    assert output(f"{LESSON}/counter_with_lock") == "sold: 10\nleft: 2\n"


def test_without_the_lock_one_sale_may_be_left(load, monkeypatch, capsys):
    """Try this: when all ten have read before the first one writes, 1 is left."""
    module = load(f"{LESSON}/counter_with_lock")
    everybody_has_read = Barrier(module.TILLS)
    monkeypatch.setattr(module, "Lock", contextlib.nullcontext)
    monkeypatch.setattr(module, "invite_a_clash", everybody_has_read.wait)
    module.main()
    assert capsys.readouterr().out == "sold: 1\nleft: 11\n"


def test_without_the_lock_ten_sales_may_be_counted(load, monkeypatch):
    """Try this: when nobody comes between, the counter is right by luck."""
    module = load(f"{LESSON}/counter_with_lock")
    monkeypatch.setattr(module, "Lock", contextlib.nullcontext)
    counter = module.StockCounter(left=12)
    for _ in range(module.TILLS):
        counter.sell()
    assert (counter.sold, counter.left) == (10, 2)


def test_the_try_this_program_runs_to_its_end():
    """Without the lock the program still ends, with some number of sales."""
    source = changed("counter_with_lock", ("with self._lock:", "if True:"))
    done = python(source)
    assert done.returncode == 0
    assert int(done.stdout.split()[1]) in range(1, 11)


def test_with_releases_the_lock_on_an_exception():
    """An exception leaves the block, and the lock is free."""
    lock = Lock()
    with pytest.raises(ZeroDivisionError), lock:
        assert lock.locked()
        1 / 0  # noqa: B018
    assert not lock.locked()


def test_the_read_and_the_write_happen_inside_the_lock(load):
    """The lock is held while ``sold`` is read, and while it is written."""
    module = load(f"{LESSON}/counter_with_lock")
    held: list[bool] = []

    class Watched(module.StockCounter):
        @property
        def sold(self) -> int:
            held.append(self._lock.locked())
            return self.__dict__["sold"]

        @sold.setter
        def sold(self, sold: int) -> None:
            if "sold" in self.__dict__:
                held.append(self._lock.locked())
            self.__dict__["sold"] = sold

    Watched(left=1).sell()
    assert held == [True, True]


def test_waiting_inside_the_lock_lets_one_work_at_a_time(output):
    """Both bills are right; the peaks are 1 and 3."""
    assert output(f"{LESSON}/lock_held_too_long") == (
        "wait_inside peak: 1 {'cents': 3750}\nwait_outside peak: 3 {'cents': 3750}\n"
    )


def test_inside_the_lock_the_patience_runs_out(load):
    """The three never ask at once; outside the lock they do."""
    module = load(f"{LESSON}/lock_held_too_long")
    for till, patience, met in (
        (module.wait_inside, 0.01, False),
        (module.wait_outside, LIMIT, True),
    ):
        args = (module.Supplier(patience), Lock(), {"cents": 0})
        run(*(Thread(target=till, args=args) for _ in range(3)))
        assert args[0].everybody.is_set() is met


# Notice a thread that dies


def test_a_thread_dies_in_silence(output):
    """Both threads are joined, the takings are printed, a traceback goes by."""
    printed = output(f"{LESSON}/silent_death")
    assert "every till has finished\ntakings of the day: 2200\n" in printed
    assert "Exception in thread till 2:" in printed
    assert "KeyError: 'Night Trains'" in printed


def test_the_exit_status_is_zero_and_the_traceback_on_stderr():
    """What a shell script sees is a success."""
    done = python(changed("silent_death"))
    assert done.returncode == 0
    assert "KeyError" not in done.stdout
    assert "KeyError" in done.stderr


def test_an_excepthook_notices(output):
    """The hook knows the thread and the error; no takings are printed."""
    assert output(f"{LESSON}/death_noticed") == (
        "failures: [\"till 2, KeyError: 'Night Trains'\"]\n"
    )


def test_the_hook_that_was_there_is_put_back(load, failures):
    """It is not the default one, and hears nothing of the example."""
    company_hook = threading.excepthook
    assert company_hook is not threading.__excepthook__
    load(f"{LESSON}/death_noticed").main()
    assert threading.excepthook is company_hook
    assert failures == []


def test_the_default_hook_ignores_system_exit(monkeypatch, capsys):
    """``sys.exit()`` in a thread ends the thread, and nothing is printed."""
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    run(Thread(target=sys.exit, args=(3,)))
    assert capsys.readouterr().err == ""


def test_an_exception_is_passed_back_like_a_result(output, load):
    """The main thread knows which job failed, and how."""
    assert output(f"{LESSON}/errors_collected") == (
        "results: {'Salt Roads': 2200}\nNight Trains: KeyError\n"
    )
    results: dict = {}
    errors: dict = {}
    load(f"{LESSON}/errors_collected").keep_outcome("Night Trains", results, errors)
    assert not results
    assert isinstance(errors["Night Trains"], KeyError)


def test_a_kept_error_leads_back_to_where_it_is_kept(load):
    """Such a cycle goes when the garbage collector comes, and no earlier."""

    class NoPrice(Exception):
        """An error to which a weak reference can be made."""

    def sell(title: str) -> int:
        raise NoPrice(title)

    module = load(f"{LESSON}/errors_collected")
    module.sell = sell
    errors: dict[str, Exception] = {}
    gc.disable()
    try:
        module.keep_outcome("Night Trains", {}, errors)
        frame = errors["Night Trains"].__traceback__.tb_frame
        assert frame.f_locals["errors"] is errors
        error = weakref.ref(errors["Night Trains"])
        del frame, errors
        assert error() is not None
        gc.collect()
        assert error() is None
    finally:
        gc.enable()


def test_a_pool_keeps_the_exception_until_you_ask(load, failures):
    """The job's error waits in its future, and no hook hears of it."""
    sell = load(f"{LESSON}/errors_collected").sell
    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(sell, "Night Trains")
    assert failures == []
    with pytest.raises(KeyError):
        future.result()


# Work in the background, keep data private

AT_EXIT = """
import atexit, sys, threading
atexit.register(print, "the interpreter ends")
def wait_for_line():
    sys.stdin.readline()
    print("the thread ends")
threading.Thread(target=wait_for_line).start()
print("the main thread ends", flush=True)
"""


def test_python_waits_for_other_threads_at_the_end():
    """The exit handlers run after the thread, which outlives the main thread."""
    with subprocess.Popen(
        [sys.executable, "-c", AT_EXIT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "the main thread ends\n"
        rest, _ = process.communicate("close\n", timeout=LIMIT)
    assert rest == "the thread ends\nthe interpreter ends\n"


def test_a_daemon_that_is_stopped_ends_well(output):
    """It is asked to stop, joined, and its ``finally`` block runs."""
    assert output(f"{LESSON}/daemon_printer") == (
        "daemon: True\nprinter: paper cut\nshop closed\n"
    )


FORGET = [("    closing.set()\n", ""), ("    printer.join()\n", "")]


def test_a_daemon_is_cut_off():
    """Try this: nobody stops the daemon, and its ``finally`` block never runs."""
    done = python(changed("daemon_printer", *FORGET))
    assert done.returncode == 0
    assert done.stdout == "daemon: True\nshop closed\n"


def test_without_daemon_the_program_never_ends():
    """Try this: Python waits for the printer that nobody stops."""
    source = changed("daemon_printer", *FORGET, ("daemon=True", "daemon=False"))
    with subprocess.Popen(
        [sys.executable, "-u", "-c", source], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "daemon: False\n"
        assert process.stdout.readline() == "shop closed\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=0.5)
        process.kill()
        assert process.stdout.read() == ""


def test_threads_of_a_daemon_are_daemons():
    """A thread takes over the flag of the thread that made it."""
    flags: list[bool] = []

    def look() -> None:
        flags.append(Thread(target=look).daemon)
        flags.append(Thread(target=look, daemon=False).daemon)

    run(Thread(target=look, daemon=True), Thread(target=look, daemon=False))
    assert flags == [True, False, False, False]


def test_daemon_is_set_before_the_start():
    """Afterwards it is refused."""
    go = Event()
    thread = Thread(target=go.wait)
    thread.start()
    with pytest.raises(RuntimeError):
        thread.daemon = True
    go.set()
    thread.join()


def test_each_thread_has_its_own_receipt(output):
    """One shared receipt, or one in each thread and none in the main thread."""
    assert output(f"{LESSON}/receipt_per_thread") == (
        "different receipts, shared: 1\n"
        "different receipts, thread-local: 2\n"
        "each its own: True\n"
        "in the main thread: False\n"
    )


# Pitfalls


def test_two_short_locks_lose_the_update(output):
    """Two tills sell, and one sale is counted."""
    assert output(f"{LESSON}/two_short_locks") == "sold by two tills: 1\n"


def test_a_lock_for_each_call_keeps_nobody_out():
    """``Lock()`` inside the method loses the update in the same way."""
    source = changed(
        "two_short_locks",
        (
            "        with self._lock:\n            sold = self.sold\n"
            "        both_have_read.wait()\n"
            "        with self._lock:\n            self.sold = sold + 1\n",
            "        with Lock():\n            sold = self.sold\n"
            "            both_have_read.wait()\n            self.sold = sold + 1\n",
        ),
    )
    assert python(source).stdout == "sold by two tills: 1\n"


def test_own_order_deadlocks_and_a_fixed_order_does_not(output):
    """Nobody gets both locks; in a fixed order everybody does."""
    assert output(f"{LESSON}/two_locks_deadlock") == (
        "own order, done: []\nstock, then cash, done: ['refund', 'sale']\n"
    )


def test_acquire_with_a_timeout_returns_false():
    """It gives up, and the lock stays with whoever holds it."""
    with Lock() as taken:
        assert taken is True
    lock = Lock()
    with lock:
        assert lock.acquire(timeout=0.01) is False


def test_a_slow_neighbour_looks_like_a_deadlock():
    """The timeout ends in the same way, and the lock comes free later."""
    lock, held, go_on = Lock(), Event(), Event()

    def hold() -> None:
        with lock:
            held.set()
            go_on.wait(LIMIT)

    slow = Thread(target=hold)
    slow.start()
    assert held.wait(LIMIT)
    assert lock.acquire(timeout=0.01) is False
    go_on.set()
    slow.join(LIMIT)
    assert lock.acquire(timeout=LIMIT) is True


def test_a_call_as_target_runs_in_the_main_thread(output):
    """Before any start the function has already run, in MainThread."""
    printed = output(f"{LESSON}/called_too_early")
    assert "before any start: {'north': 'MainThread'}" in printed
    assert "after both joins: {'north': 'MainThread', 'south': 'till 2'}" in printed


def test_a_forgotten_comma_passes_one_letter_each(failures):
    """The thread dies of a TypeError; with the comma it gets the word."""
    got: list[str] = []
    run(Thread(target=got.append, args=("north")))
    assert (got, failures) == ([], ["TypeError"])
    run(Thread(target=got.append, args=("north",)))
    assert (got, failures) == (["north"], ["TypeError"])


def test_a_thread_starts_once(output):
    """A second start raises RuntimeError, and the target is not called again."""
    printed = output(f"{LESSON}/started_twice")
    assert printed.startswith("receipts: ['Night Trains']\n")
    assert printed.endswith("RuntimeError: threads can only be started once\n")
    assert printed.count("receipts:") == 1
