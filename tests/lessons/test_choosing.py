"""The claims of docs/concurrency/choosing.md, one test each."""

import asyncio
import asyncio.constants
import contextvars
import gzip
import hashlib
import inspect
import os
import re
import subprocess
import sys
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import context, get_context
from pathlib import Path

import pytest

SNIPPETS = Path(__file__).parents[2] / "snippets"
LESSON = "concurrency/choosing"
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


def changed(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """A copy of an example, changed as a "try this" tells the reader to."""
    source = SNIPPETS / LESSON / name
    files = [source] if source.is_file() else sorted(source.glob("*.py"))
    for path in files:
        (folder / path.name).write_text(path.read_text("utf-8"), "utf-8")
    for old, new in changes:
        [path] = [p for p in folder.glob("*.py") if old in p.read_text("utf-8")]
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    return folder / (source.name if source.is_file() else "main.py")


def run(program: Path) -> str:
    """What a program prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", str(program)],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
        cwd=program.parent,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def printed_before_it_hangs(program: Path, lines: int, moment: float = 1.0) -> str:
    """What a program prints that never ends: so many lines, and then nothing."""
    with subprocess.Popen(
        [sys.executable, "-u", str(program)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=program.parent,
        start_new_session=True,
    ) as process:
        said = "".join(process.stdout.readline() for _ in range(lines))
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(moment)
        process.kill()
        assert process.stdout.read() == ""
    return said


# Tasks that wait in line


def test_a_blocking_call_in_tasks_has_a_peak_of_one(output):
    """The same three calls in threads have a peak of three."""
    assert output(f"{LESSON}/async_plus_blocking_library") == (
        "ask_directly [1250, 1200, 1325] peak: 1\n"
        "ask_in_a_thread [1250, 1200, 1325] peak: 3\n"
    )


def test_a_library_that_waits_for_three_is_never_asked_twice(tmp_path):
    """Try this: nothing is printed, and the program never ends."""
    program = changed(
        tmp_path,
        "async_plus_blocking_library.py",
        ("(ask_directly, 1)", "(ask_directly, 3)"),
    )
    assert printed_before_it_hangs(program, lines=0) == ""


# Do one job in three models


def test_threads_and_tasks_have_equal_prices_and_peaks(output):
    """They differ in the number of threads."""
    prices = "[[1850, 1250], [1800, 1200], [1925, 1325]]\npeak in flight: 3 "
    assert output(f"{LESSON}/sweep_in_threads") == prices + "threads: 3\n"
    assert output(f"{LESSON}/sweep_in_tasks") == prices + "threads: 1\n"


def test_the_peak_is_forced(load, capsys):
    """The desk answers when all three are asked, so it is 3 on every run."""
    threads, tasks = (
        load(f"{LESSON}/{name}") for name in ("sweep_in_threads", "sweep_in_tasks")
    )
    for _ in range(20):
        threads.main()
        asyncio.run(tasks.main())
    assert capsys.readouterr().out.count("peak in flight: 3 ") == 40


def test_three_models_equal_results_equal_peaks(output):
    """The service sees the same six questions, three at a time."""
    prices = "[1850, 1800, 1925, 1250, 1200, 1325] peak: 3\n"
    assert output(f"{LESSON}/one_job_three_models") == (
        f"in_threads: {prices}in_tasks: {prices}in_processes: {prices}"
    )


def test_with_a_limit_of_one_the_peaks_are_one(tmp_path):
    """Try this: the prices stay as they are."""
    program = changed(tmp_path, "one_job_three_models", ("LIMIT = 3", "LIMIT = 1"))
    assert run(program).count("[1850, 1800, 1925, 1250, 1200, 1325] peak: 1\n") == 3


def test_with_a_limit_of_four_it_never_ends(tmp_path):
    """Try this: after four answers, two questions wait for two that never come."""
    program = changed(tmp_path, "one_job_three_models", ("LIMIT = 3", "LIMIT = 4"))
    assert printed_before_it_hangs(program, lines=0) == ""


# Count what waiting costs


def test_a_hundred_waits_need_a_hundred_threads_or_one(output):
    """All hundred wait at the same time."""
    assert output(f"{LESSON}/hundred_waiters") == (
        "100 waits in threads: 100 threads\n100 waits in tasks: 1 thread\n"
    )


def test_a_waiting_task_is_a_few_kilobytes():
    """A thousand of them, with their coroutines, stay below four each."""

    async def wait(gate: asyncio.Event) -> None:
        await gate.wait()

    async def measure() -> int:
        gate = asyncio.Event()
        tracemalloc.start()
        waiting = [asyncio.create_task(wait(gate)) for _ in range(1000)]
        await asyncio.sleep(0)
        used, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        gate.set()
        await asyncio.gather(*waiting)
        return used

    assert asyncio.run(measure()) < 1000 * 4096


def test_a_process_can_be_stopped():
    """A thread has no such method; a pool of processes has one from 3.14 on."""
    process = get_context("spawn").Process(target=time.sleep, args=(LIMIT,))
    process.start()
    process.terminate()
    process.join(LIMIT)
    assert process.exitcode not in (0, None)
    process.close()
    assert not hasattr(threading.Thread, "terminate")
    stops = hasattr(ProcessPoolExecutor, "terminate_workers")
    assert stops == (sys.version_info >= (3, 14))


@pytest.mark.parametrize("model", ["threads", "tasks"])
def test_a_crash_in_a_thread_or_a_task_ends_the_program(model):
    """It is one process for all of them."""
    crash = {
        "threads": "threading.Thread(target=os.abort).start()",
        "tasks": "asyncio.run(asyncio.to_thread(os.abort))",
    }[model]
    program = f"import asyncio, os, threading, time; {crash}; time.sleep({LIMIT})"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode not in (0, 1)


def test_a_crash_in_a_process_ends_this_process():
    """Its neighbour and its parent go on."""
    spawn = get_context("spawn")
    crash, neighbour = (spawn.Process(target=target) for target in (os.abort, int))
    for process in (crash, neighbour):
        process.start()
        process.join(LIMIT)
    assert crash.exitcode not in (0, None)
    assert neighbour.exitcode == 0
    for process in (crash, neighbour):
        process.close()


def test_a_crash_in_a_pool_ends_every_job_that_was_not_done():
    """Also the one that a neighbour is doing, and the one in the queue."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(time.sleep, LIMIT), pool.submit(os.abort), pool.submit(int)]
        errors = [job.exception(LIMIT) for job in jobs]
    assert [type(error) for error in errors] == [BrokenProcessPool] * 3


# Compute on more than one core


@needs_gil
def test_only_processes_may_use_more_than_one_core(output):
    """Equal primes; threads and tasks share one core at most."""
    assert output(f"{LESSON}/primes_three_models") == (
        "in_threads [783, 1007]\n  more than one core: False\n"
        "in_tasks [783, 1007]\n  more than one core: False\n"
        "in_processes [783, 1007]\n  counted in this process: False\n"
    )


@needs_gil
def test_c_code_lets_the_neighbour_run(output):
    """Python code does not, within the switch interval."""
    assert output(f"{LESSON}/c_code_lets_go") == (
        "count_primes - the neighbour ran meanwhile: False\n"
        "hash_password - the neighbour ran meanwhile: True\n"
    )


@needs_gil
@pytest.mark.parametrize(
    "compute",
    [
        lambda: zlib.compress(bytes(500_000)),
        lambda: gzip.compress(bytes(500_000)),
        lambda: hashlib.sha256(bytes(500_000)),
    ],
)
def test_compression_lets_the_neighbour_run_too(load, compute):
    """zlib and hashlib release the GIL for large data."""
    module = load(f"{LESSON}/c_code_lets_go")
    rounds, ends = module.ROUNDS, time.monotonic() + LIMIT

    def compute_in_time() -> None:
        compute()
        module.ROUNDS = sys.maxsize if time.monotonic() < ends else 0

    usual = sys.getswitchinterval()
    sys.setswitchinterval(60)
    try:
        assert module.rings_beside(compute_in_time)
        module.ROUNDS = rounds
        assert not module.rings_beside(module.count_primes)
    finally:
        sys.setswitchinterval(usual)


# Mix the models


def test_a_process_counts_while_the_till_serves(output):
    """The process waits for the last customer, so the loop did not stand still."""
    assert output(f"{LESSON}/primes_beside_the_loop") == (
        "the till serves Amara\nthe till serves Bilal\nthe till serves Diego\n"
        "primes below 1000: 168\n"
    )


def test_a_process_starts_in_the_thread_that_submits(monkeypatch):
    """So it blocks the loop, if its first job comes from the loop."""
    started_in = []
    start = context.SpawnProcess.start

    def noted(process) -> None:
        started_in.append(threading.get_ident())
        start(process)

    monkeypatch.setattr(context.SpawnProcess, "start", noted)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:

        async def main() -> None:
            loop = asyncio.get_running_loop()
            assert await loop.run_in_executor(pool, int) == 0

        asyncio.run(main())
    assert started_in == [threading.get_ident()]


def test_the_loop_answers_a_thread(output):
    """The till waits in its thread, the answers are made in the main thread."""
    assert output(f"{LESSON}/ask_the_loop_from_a_thread") == (
        "the till runs in MainThread: False\n"
        "  answered in MainThread\nnorth 1250\n"
        "  answered in MainThread\nsouth 1200\n"
        "  answered in MainThread\neast 1325\n"
    )


def test_in_the_loops_own_thread_it_never_ends(tmp_path):
    """Try this: the loop would have to answer while it waits for the answer."""
    program = changed(
        tmp_path,
        "ask_the_loop_from_a_thread.py",
        ("await asyncio.to_thread(old_till, loop)", "old_till(loop)"),
    )
    said = printed_before_it_hangs(program, lines=1)
    assert said == "the till runs in MainThread: True\n"


def test_run_coroutine_threadsafe_returns_a_future_of_concurrent_futures():
    """The kind that a pool gives, with a blocking ``result()``."""

    async def main() -> None:
        loop = asyncio.get_running_loop()

        def old_code() -> int:
            future = asyncio.run_coroutine_threadsafe(asyncio.sleep(0, 1250), loop)
            assert isinstance(future, Future)
            return future.result(LIMIT)

        assert await asyncio.to_thread(old_code) == 1250

    asyncio.run(main())


# Pitfalls


def test_the_loop_refuses_a_call_from_another_thread(output):
    """In debug mode; ``call_soon_threadsafe`` is made for it."""
    printed = output(f"{LESSON}/call_from_another_thread")
    assert printed.startswith("call_soon is refused:\n  Non-thread-safe operation")
    assert printed.endswith("call_soon_threadsafe is accepted\nthe till serves Amara\n")


def test_without_debug_mode_the_call_is_accepted(tmp_path):
    """Nothing warns of it. The second call wakes the loop for both."""
    program = changed(
        tmp_path, "call_from_another_thread.py", ("main(), debug=True", "main()")
    )
    assert run(program) == (
        "call_soon is accepted\ncall_soon_threadsafe is accepted\n"
        "the till serves Amara\n"
    )


def test_call_soon_threadsafe_wakes_the_loop():
    """``call_soon`` does not: only one of the two writes to the loop's socket."""
    woken = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop._write_to_self = lambda: woken.append(True)
        loop.call_soon(int)
        assert not woken
        loop.call_soon_threadsafe(int)
        del loop._write_to_self

    asyncio.run(main())
    assert woken == [True]


def test_to_thread_has_one_pool_of_at_most_32_threads():
    """It is made on first use, and belongs to the loop."""

    async def main() -> None:
        loop = asyncio.get_running_loop()
        assert loop._default_executor is None
        await asyncio.to_thread(int)
        processors = getattr(os, "process_cpu_count", os.cpu_count)() or 1
        pool = loop._default_executor
        assert pool._max_workers == min(32, processors + 4)
        await asyncio.to_thread(int)
        assert loop._default_executor is pool

    asyncio.run(main())


# Check yourself


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("limit_on_computing", "primes: 1229\n"),
        ("two_lines_four_calls", "peak: 2\n"),
        ("cancelled_in_a_thread", "cancelled: True sold: ['Night Trains']\n"),
    ],
)
def test_questions(output, question, answer):
    """What each question prints."""
    assert output(f"{LESSON}/questions/{question}") == answer


def test_the_count_takes_longer_than_the_limit(load, monkeypatch):
    """Even a limit that is over at once does not stop it."""
    monkeypatch.setattr(asyncio, "run", lambda coroutine: coroutine.close())
    module = load(f"{LESSON}/questions/limit_on_computing")
    monkeypatch.undo()

    async def main() -> int:
        async with asyncio.timeout(0):
            return module.count_primes(100)

    assert asyncio.run(main()) == 25


# Under the hood


def test_to_thread_takes_context_variables_along():
    """``run_in_executor`` does not."""
    till = contextvars.ContextVar("till", default="none")

    async def main() -> None:
        till.set("till 1")
        loop = asyncio.get_running_loop()
        assert await asyncio.to_thread(till.get) == "till 1"
        assert await loop.run_in_executor(None, till.get) == "none"

    asyncio.run(main())


def test_to_thread_is_a_few_lines():
    """And ends in ``run_in_executor`` with no pool."""
    source = inspect.getsource(asyncio.to_thread)
    code = source[source.rindex('"""') :].splitlines()
    assert len(code) < 10
    assert "loop.run_in_executor(None, " in source


def test_set_default_executor_puts_in_another_pool():
    """``to_thread`` then uses that one."""

    async def main() -> str:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(1, thread_name_prefix="clerk"))
        return await asyncio.to_thread(lambda: threading.current_thread().name)

    assert asyncio.run(main()) == "clerk_0"


def test_asyncio_run_waits_for_the_threads_of_the_pool():
    """Also when nobody awaits the call any more."""
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def sell() -> None:
        begun.set()
        go_on.wait(LIMIT)
        ended.set()

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.run_in_executor(None, sell)
        await asyncio.to_thread(begun.wait, LIMIT)
        loop.call_soon(go_on.set)

    asyncio.run(main())
    assert ended.is_set()


has_a_limit = pytest.mark.skipif(
    sys.version_info < (3, 12, 3), reason="none there, or one without effect"
)


@has_a_limit
def test_it_waits_for_five_minutes_at_most():
    """From 3.12.3 on; before, the limit of 3.12 had no effect."""
    assert asyncio.constants.THREAD_JOIN_TIMEOUT == 5 * 60
    source = inspect.getsource(asyncio.Runner.close)
    assert "shutdown_default_executor(constants.THREAD_JOIN_TIMEOUT)" in source


TIMES_OUT = """\
import asyncio, asyncio.constants, atexit, sys

def sell():
    sys.stdin.readline()
    print("sold", flush=True)

async def main():
    asyncio.get_running_loop().run_in_executor(None, sell)

asyncio.constants.THREAD_JOIN_TIMEOUT = 0.1
atexit.register(print, "the end")
asyncio.run(main())
print("asyncio.run has returned", flush=True)
"""


@has_a_limit
def test_after_the_limit_the_program_still_waits_for_its_threads():
    """The warning comes from ``asyncio.run``; the sale goes on, and is waited for."""
    with subprocess.Popen(
        [sys.executable, "-c", TIMES_OUT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "asyncio.run has returned\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)
        said, warned = process.communicate("\n", timeout=LIMIT)
    assert said == "sold\nthe end\n"
    assert "RuntimeWarning: The executor did not finish" in warned


# Exercise


@pytest.fixture
def sweep(load) -> Callable[[str], object]:
    """A sweep of the solution, with suppliers that answer at once."""
    solution = load(f"{LESSON}/exercise/solution")

    async def ask_in_a_task(supplier: str, isbn: str) -> int:
        return 1250

    def made(model: str) -> object:
        questions = [("north", "9780000000064"), ("east", "9780000000019")]
        if model == "threads":
            return solution.ThreadSweep(lambda supplier, isbn: 1250, questions)
        return solution.TaskSweep(ask_in_a_task, questions)

    return made


def test_one_interface_one_report(sweep):
    """For the same answers both give the same report, sorted."""
    reports = [sweep(model).run(LIMIT) for model in ("threads", "tasks")]
    assert reports[0] == reports[1]
    assert list(reports[0].prices) == [
        ("east", "9780000000019"),
        ("north", "9780000000064"),
    ]


@pytest.mark.parametrize(
    ("mistake", "caught_by"),
    [
        ("cancelled_from_outside", {"test_cancelling_returns_what_is_there"}),
        ("limit_loses_the_prices", {"test_the_limit_ends_it"}),
        (
            "one_supplier_takes_all",
            {
                "test_two_questions_at_once_with_each_supplier",
                "test_a_silent_supplier_holds_up_nobody_else",
                "test_cancelling_returns_what_is_there",
            },
        ),
    ],
)
def test_each_mistake_is_caught(output, mistake, caught_by):
    """By the tests of what it breaks, and by no other."""
    printed = output(f"{LESSON}/exercise/wrong/{mistake}")
    assert set(re.findall(r"^FAILED .*?::(\w+)", printed, re.M)) == caught_by


ASKS = "                price = self.ask_twice(supplier, isbn)\n"
SLIPS = {
    "a thread's last answer is lost": (
        (
            ASKS,
            ASKS
            + "                if self.stop.is_set():\n                    return\n",
        ),
        "test_cancelling_returns_what_is_there[threads]",
    ),
    "cancelled before run, threads ask nothing": (
        ("        self.stop.clear()", "        "),
        "test_cancelling_before_or_after_run_does_nothing[threads]",
    ),
    "before run there is no loop": (
        ("if self.loop is not None", "if True"),
        "test_cancelling_before_or_after_run_does_nothing[tasks]",
    ),
    "after run the loop is closed": (
        ("with suppress(RuntimeError)", "with suppress()"),
        "test_cancelling_before_or_after_run_does_nothing[tasks]",
    ),
    "a call that answers is taken for one that was not cancelled": (
        ("while not asyncio.current_task().cancelling()", "while True"),
        "test_a_cancelled_task_asks_no_more[answers]",
    ),
    "a call that fails is asked once more, although it was cancelled": (
        ("if asyncio.current_task().cancelling()", "if False"),
        "test_a_cancelled_task_asks_no_more[fails]",
    ),
    "a cancelled call's failure is taken for an error": (
        ("raise asyncio.CancelledError from None", "raise"),
        "test_a_cancelled_task_asks_no_more[fails]",
    ),
}


@pytest.mark.parametrize(("change", "caught_by"), SLIPS.values(), ids=SLIPS)
def test_each_slip_in_a_cancellation_is_caught(tmp_path, change, caught_by):
    """One line of the solution changed, and one test of the exercise fails."""
    exercise = SNIPPETS / LESSON / "exercise"
    solution = (exercise / "solution.py").read_text("utf-8")
    assert solution.count(change[0]) == 1
    files = {
        "exercise.py": solution.replace(*change),
        "test_exercise.py": (exercise / "test_exercise.py").read_text("utf-8"),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-k", "cancel", "--tb=no"],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
        cwd=tmp_path,
        env=os.environ | {"COLUMNS": "120"},
    )
    assert re.findall(r"^FAILED .*?::(\S+)", done.stdout, re.M) == [caught_by]
