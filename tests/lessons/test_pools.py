"""The claims of docs/concurrency/pools.md, one test each."""

import concurrent.futures
import inspect
import multiprocessing
import os
import pickle
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    FIRST_EXCEPTION,
    BrokenExecutor,
    CancelledError,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    as_completed,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event, Lock, Semaphore

import pytest

SNIPPETS = Path(__file__).parents[2] / "snippets"
LESSON = "concurrency/pools"
LIMIT = 30.0  # seconds until a job counts as stuck
MOMENT = 0.1  # seconds in which something may happen, or not
SPAWN = multiprocessing.get_context("spawn")
GUARD = ('if __name__ == "__main__":\n    main()', "main()")


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    """Every test ends the threads and processes that it started."""
    before = set(threading.enumerate())
    yield
    left = set(threading.enumerate()) - before
    assert not [t for t in left if not t.name.startswith("ThreadPoolExecutor")]
    assert not multiprocessing.active_children()


def file_of(
    folder: Path, name: str, *changes: tuple[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run an example, changed as a "try this" tells the reader to."""
    source = (SNIPPETS / LESSON / f"{name}.py").read_text("utf-8")
    for old, new in changes:
        assert source.count(old) == 1
        source = source.replace(old, new)
    path = folder / f"{name}.py"
    path.write_text(source, "utf-8")
    return subprocess.run(
        [sys.executable, str(path)],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )


# A thread for each job


def test_five_threads_and_three_lines(output):
    """Three get an answer, two hear that all lines are busy."""
    assert output(f"{LESSON}/thread_for_each_book") == (
        "threads: 5\nanswers: 3 busy: 2\n"
    )


def test_it_goes_wrong_every_time(load, capsys):
    """It is no accident: the barrier brings all five together."""
    module = load(f"{LESSON}/thread_for_each_book")
    for _ in range(50):
        module.main()
    assert capsys.readouterr().out.count("answers: 3 busy: 2\n") == 50


# Hand the jobs to a pool


def test_results_come_in_the_order_of_the_arguments(output):
    """The first is answered last, and nobody finds the lines busy."""
    assert output(f"{LESSON}/map_keeps_order") == (
        "order of answering: [999, 2750, 1250, 2200, 1850]\n"
        "order of results:   [1850, 2200, 999, 2750, 1250]\n"
    )


def test_with_one_worker_it_never_ends():
    """Try this: the worker holds the question that waits for the others."""
    source = (SNIPPETS / LESSON / "map_keeps_order.py").read_text("utf-8")
    source = source.replace("max_workers=LINES", "max_workers=1")
    line = "        answers = list(pool.map"
    assert source.count(line) == 1
    source = source.replace(line, f'        print("begun")\n{line}')
    with subprocess.Popen(
        [sys.executable, "-u", "-c", source], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "begun\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=1)
        process.kill()
        assert process.stdout.read() == ""


def test_map_submits_all_jobs_at_once():
    """Before any result is asked for, every job has been given to the pool."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        asked = []
        pool.map(print, (asked.append(number) or "" for number in range(5)))
        assert asked == [0, 1, 2, 3, 4]


def test_the_block_waits_for_all_jobs_and_ends_the_workers():
    """After the block nothing is left to do, and nobody to do it."""
    done = []
    before = threading.active_count()
    with ThreadPoolExecutor(max_workers=2) as pool:
        pool.map(done.append, range(50))
    assert sorted(done) == list(range(50))
    assert threading.active_count() == before


def test_threads_are_made_when_they_are_needed(output):
    """None at first, then one for each job, up to the limit."""
    printed = output(f"{LESSON}/threads_start_on_demand")
    assert printed.startswith("no job yet, threads: 0\njobs: 1 threads: 1\n")
    assert "jobs: 3 threads: 3\njobs: 4 threads: 3\n" in printed
    assert "jobs: 6 threads: 3\nall packed, threads: 3\n" in printed
    assert printed.endswith(
        "after the block, threads: 0\npacked by these three only: True\n"
    )


def test_without_a_limit_six_threads_pack(tmp_path):
    """Try this: the last line says False."""
    done = file_of(
        tmp_path,
        "threads_start_on_demand",
        ("        WORKERS, thread", "        thread"),
    )
    assert "packed by these three only: False" in done.stdout
    if (os.cpu_count() or 1) >= 2:
        assert "jobs: 6 threads: 6" in done.stdout


def test_the_default_number_of_workers():
    """As many as there are processors, plus four, at most 32."""
    processors = getattr(os, "process_cpu_count", os.cpu_count)() or 1
    with ThreadPoolExecutor() as pool:
        assert pool._max_workers == min(32, processors + 4)


def test_an_idle_worker_is_taken_before_a_new_one_is_made():
    """One job after another needs one thread, once that is idle again."""
    with ThreadPoolExecutor(max_workers=3) as pool:
        for _ in range(5):
            pool.submit(int).result(LIMIT)
            assert pool._idle_semaphore.acquire(timeout=LIMIT)
            pool._idle_semaphore.release()
        assert len(pool._threads) == 1


# Keep the futures


def test_as_completed_follows_the_gates(output):
    """East, south, north: each as soon as it is there."""
    assert output(f"{LESSON}/first_done_first_served") == (
        "east says 1325\nsouth says 1200\nnorth says 1250\n"
    )


def test_as_completed_gives_what_was_done_before_first():
    """In another order than they were done in; what is done later comes later."""
    futures = [Future() for _ in range(20)]
    late, *done = random.Random(22).sample(futures, k=20)
    for future in done:
        future.set_result(None)
    given = as_completed(futures, LIMIT)
    first = [next(given) for _ in done]
    late.set_result(None)
    assert set(first) == set(done)
    assert first != done
    assert list(given) == [late]


def test_the_error_waits_in_the_future(output):
    """Nothing is printed until somebody asks."""
    assert output(f"{LESSON}/error_waits_in_the_future") == (
        "done: 2 pending: 0\n"
        "known: None 1250\n"
        "unknown: LookupError('nobody sells 9780000000095')\n"
        "raised by result(): nobody sells 9780000000095\n"
    )


def test_an_error_nobody_asks_for_leaves_no_trace(tmp_path):
    """Try this: exit status 0, and not a word on stderr."""
    source = (SNIPPETS / LESSON / "error_waits_in_the_future.py").read_text("utf-8")
    asks = source[source.index('    print("unknown:"') : source.index("\n\nif ")]
    assert asks.count("\n") == 5
    done = file_of(tmp_path, "error_waits_in_the_future", (asks, ""))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "done: 2 pending: 0\nknown: None 1250\n"


def test_wait_returns_two_sets_and_raises_nothing():
    """It can return at the first result, or at the first error."""
    fail_now, gate = Event(), Event()

    def closed() -> None:
        fail_now.wait(LIMIT)
        raise ConnectionError("closed")

    with ThreadPoolExecutor(max_workers=4) as pool:
        quick, slow = pool.submit(int), pool.submit(gate.wait, LIMIT)
        jobs = [quick, pool.submit(closed), slow]
        try:
            done, pending = wait(jobs, return_when=FIRST_COMPLETED)
            assert (done, pending) == ({quick}, set(jobs[1:]))
            until_error = pool.submit(wait, jobs, None, FIRST_EXCEPTION)
            assert not wait([until_error], MOMENT).done
            fail_now.set()
            assert until_error.result(LIMIT) == (set(jobs[:2]), {slow})
            assert not slow.done()
        finally:
            fail_now.set()
            gate.set()


def test_only_what_has_not_begun_is_cancelled(output):
    """The running job goes on, the callback hears of all three."""
    assert output(f"{LESSON}/cancel_what_has_not_begun") == (
        "running: [True, False, False]\n"
        "cancel() returns: [False, True]\n"
        "cancelled: [False, True, True]\n"
        "the callback was told: ['cancelled', 'cancelled', 'Salt Roads']\n"
    )


def test_a_cancelled_future_raises():
    """Whoever asks it for a result gets CancelledError."""
    gate = Event()
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(gate.wait)
        second = pool.submit(int)
        second.cancel()
        gate.set()
    with pytest.raises(CancelledError):
        second.result()


def test_a_pool_that_was_shut_down_refuses_jobs():
    """It finishes what runs, and raises RuntimeError for anything new."""
    gate = Event()
    pool = ThreadPoolExecutor(max_workers=1)
    job = pool.submit(gate.wait)
    pool.shutdown(wait=False)
    with pytest.raises(RuntimeError):
        pool.submit(int)
    gate.set()
    assert job.result(LIMIT) is True
    pool.shutdown()


def test_a_callback_runs_where_the_future_ends():
    """In the worker if the job is still running, else at once in ours."""
    ran_in = []

    def tell(_future: object) -> None:
        ran_in.append(threading.current_thread().name)

    gate = Event()
    with ThreadPoolExecutor(1, thread_name_prefix="clerk") as pool:
        job = pool.submit(gate.wait)
        job.add_done_callback(tell)
        gate.set()
    job.add_done_callback(tell)
    assert ran_in == ["clerk_0", threading.current_thread().name]


# Compute in processes


def test_processes_give_the_serial_results(output):
    """Equal, in order, and none of them computed here."""
    assert output(f"{LESSON}/primes_in_processes") == (
        "primes: [168, 303, 550, 1007]\n"
        "equal to the serial ones: True\n"
        "some counted in this process: False\n"
        "worker processes, at most 2: True\n"
    )


def test_chunks_bundle_jobs(monkeypatch):
    """``chunksize=100``: a thousand jobs travel in ten bundles."""
    bundles = []
    submit = ProcessPoolExecutor.submit

    def counted(pool, *arguments):
        bundles.append(arguments)
        return submit(pool, *arguments)

    monkeypatch.setattr(ProcessPoolExecutor, "submit", counted)
    with ProcessPoolExecutor(1, mp_context=SPAWN) as pool:
        assert list(pool.map(abs, range(1000), chunksize=100)) == list(range(1000))
    assert len(bundles) == 10


@pytest.mark.parametrize(("size", "lost"), [(1, []), (2, [3]), (4, [2, 1, 3])])
def test_an_error_costs_its_bundle(size: int, lost: list[int]):
    """Also the results before it; those of earlier bundles arrive."""
    copies, arrived = ["2", "1", "3", "two"], []
    with ProcessPoolExecutor(1, SPAWN) as pool, pytest.raises(ValueError, match="two"):
        for number in pool.map(int, copies, chunksize=size):
            arrived.append(number)
    assert arrived + lost == [2, 1, 3]


def test_the_default_start_method():
    """What the table says of this system."""
    source = "import multiprocessing; print(multiprocessing.get_start_method())"
    said = subprocess.check_output([sys.executable, "-c", source], text=True)
    on_linux = "forkserver" if sys.version_info >= (3, 14) else "fork"
    assert said.strip() == (on_linux if sys.platform == "linux" else "spawn")


def test_without_the_guard_workers_start_workers(tmp_path):
    """Try this: RuntimeError in the worker, BrokenProcessPool in the program."""
    done = file_of(tmp_path, "primes_in_processes", GUARD)
    assert done.returncode == 1
    assert "RuntimeError" in done.stderr
    assert "if __name__ == '__main__':" in done.stderr
    assert "\nconcurrent.futures.process.BrokenProcessPool: " in done.stderr
    assert done.stdout == ""


@pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="no fork here"
)
def test_with_fork_the_missing_guard_goes_unnoticed(tmp_path, output):
    """The same mistake, and the same results as with the guard."""
    done = file_of(tmp_path, "primes_in_processes", GUARD, ('"spawn"', '"fork"'))
    assert done.returncode == 0
    assert done.stdout == output(f"{LESSON}/primes_in_processes")


@pytest.mark.skipif(
    "forkserver" not in multiprocessing.get_all_start_methods(), reason="not here"
)
def test_a_fork_server_imports_the_program_too(tmp_path):
    """The lines outside of functions run again, as with spawn."""
    done = file_of(tmp_path, "imported_again", ('"spawn"', '"forkserver"'))
    assert "these lines run as __mp_main__\n" in done.stdout
    assert "in the worker: 1250\nin this process: 1200\n" in done.stdout


def test_a_worker_imports_the_program_under_another_name(output):
    """What ``main()`` has changed here is unchanged there."""
    assert output(f"{LESSON}/imported_again") == (
        "these lines run as __main__\n"
        "these lines run as __mp_main__\n"
        "in the worker: 1250\n"
        "in this process: 1200\n"
    )


def test_threads_share_and_processes_copy(output):
    """The thread sells our copy, the process a copy of it."""
    assert output(f"{LESSON}/copied_not_shared") == (
        "ThreadPoolExecutor\n"
        "  left: 0 returned: 0\n"
        "  the same object: True\n"
        "ProcessPoolExecutor\n"
        "  left: 1 returned: 0\n"
        "  the same object: False\n"
    )


# Pitfalls


def test_map_ends_at_the_first_error(output):
    """All baskets are worked on, two totals arrive, the rest is lost."""
    printed = output(f"{LESSON}/map_stops_at_the_error")
    assert printed.startswith(
        "worked on: ['2', '1', 'two', '3', '5']\n"
        "total: 2500\ntotal: 1250\nstill to come: []\n"
    )
    assert printed.endswith(
        "ValueError: invalid literal for int() with base 10: 'two'\n"
    )


def test_map_cancels_what_has_not_begun():
    """After the error a job that still waits in the queue is never run."""
    begun, gate, called = Event(), Event(), []

    def job(number: int) -> None:
        called.append(number)
        if number == 0:
            raise ValueError
        begun.set()
        gate.wait(LIMIT)

    with ThreadPoolExecutor(max_workers=1) as pool:
        results = pool.map(job, range(3))
        assert begun.wait(LIMIT)
        with pytest.raises(ValueError):
            next(results)
        gate.set()
    assert called == [0, 1]


def test_asking_at_once_runs_one_job_at_a_time():
    """Two jobs never meet; they do if both are submitted first."""
    with ThreadPoolExecutor(max_workers=3) as pool:
        alone, both = Barrier(2), Barrier(2)
        with pytest.raises(BrokenBarrierError):
            [pool.submit(alone.wait, MOMENT).result() for _ in range(2)]
        futures = [pool.submit(both.wait, LIMIT) for _ in range(2)]
        assert sorted(future.result() for future in futures) == [0, 1]


def test_a_job_that_waits_for_its_own_pool_is_stuck(output):
    """Inside a job it runs into the time limit, outside it works."""
    assert output(f"{LESSON}/job_waits_for_job") == (
        "inside a job: TimeoutError\noutside: 1200\n"
    )


def test_ten_workers_are_stuck_with_ten_such_jobs():
    """When all of them wait, nobody is left to do what they wait for."""
    all_here = Barrier(10)
    with ThreadPoolExecutor(max_workers=10) as pool:

        def job() -> int:
            all_here.wait(LIMIT)
            inner = pool.submit(int)
            try:
                return inner.result(timeout=0.1)
            finally:
                all_here.wait(LIMIT)

        jobs = [pool.submit(job) for _ in range(10)]
        assert {type(future.exception()) for future in jobs} == {TimeoutError}


def test_a_lambda_cannot_travel(output):
    """The named function can; the lambda ends in PicklingError."""
    printed = output(f"{LESSON}/not_picklable")
    assert printed.startswith("called here: 625\nnamed in a worker: 625\n")
    assert "PicklingError: Can't pickle <function <lambda>" in printed.splitlines()[-1]


def test_a_function_inside_another_cannot_travel():
    """Its name is not found in the module."""

    def inner() -> None: ...

    with ProcessPoolExecutor(1, mp_context=SPAWN) as pool:
        job = pool.submit(inner)
        assert isinstance(job.exception(), AttributeError | pickle.PicklingError)


@pytest.mark.parametrize(
    "make",
    [
        Lock,
        tempfile.TemporaryFile,
        lambda: sqlite3.connect(":memory:"),
    ],
)
def test_what_is_open_cannot_travel(make: Callable[[], object]):
    """Locks, files and connections never reach the job."""
    thing = make()
    with ProcessPoolExecutor(1, mp_context=SPAWN) as pool:
        error = pool.submit(id, thing).exception(LIMIT)
    getattr(thing, "close", int)()
    assert isinstance(error, TypeError | pickle.PicklingError)


def test_a_dead_worker_breaks_the_pool(output):
    """The page before it went well, and no page comes after it."""
    printed = output(f"{LESSON}/worker_died")
    assert printed.startswith("page 1 read\npage 2: BrokenProcessPool\n")
    assert "pool.submit(read_invoice, 3)" in printed
    assert "BrokenProcessPool" in printed.splitlines()[-1]


def test_every_job_that_was_not_done_hears_of_it():
    """The one that killed the worker, and those behind it in the queue."""
    with SPAWN.Manager() as manager, ProcessPoolExecutor(1, SPAWN) as pool:
        gate = manager.Event()
        first = pool.submit(gate.wait)
        jobs = [pool.submit(os._exit, 1), *(pool.submit(abs, n) for n in range(5))]
        gate.set()
        errors = [job.exception(LIMIT) for job in jobs]
        assert first.result(LIMIT) is True
    assert {type(error) for error in errors} == {BrokenProcessPool}
    assert issubclass(BrokenProcessPool, BrokenExecutor)


# Which one should I use? Under the hood


def test_interpreters_come_with_3_14():
    """So does ``buffersize``, which limits how far ``map`` runs ahead."""
    new = sys.version_info >= (3, 14)
    assert hasattr(concurrent.futures, "InterpreterPoolExecutor") is new
    parameters = inspect.signature(ThreadPoolExecutor.map).parameters
    assert ("buffersize" in parameters) is new


def test_both_pools_have_the_same_methods():
    """What is learnt once works with both."""
    for name in ("submit", "map", "shutdown", "__enter__", "__exit__"):
        assert hasattr(ThreadPoolExecutor, name)
        assert hasattr(ProcessPoolExecutor, name)
    with ProcessPoolExecutor(1, mp_context=SPAWN) as pool:
        jobs = [pool.submit(abs, -1), pool.submit(int, "two")]
        assert {job.exception() is None for job in as_completed(jobs)} == {True, False}


def test_python_waits_for_the_queue_at_the_end():
    """A pool that was not shut down still finishes its jobs."""
    source = (
        "from concurrent.futures import ThreadPoolExecutor as Pool\n"
        "pool = Pool(1)\n"
        "for number in range(3): pool.submit(print, number)\n"
    )
    said = subprocess.check_output([sys.executable, "-c", source], text=True)
    assert said.split() == ["0", "1", "2"]


def test_a_worker_can_be_replaced_after_some_jobs():
    """``max_tasks_per_child=1``: each job gets a process of its own."""
    with ProcessPoolExecutor(1, mp_context=SPAWN, max_tasks_per_child=1) as pool:
        assert pool.submit(os.getpid).result() != pool.submit(os.getpid).result()


@pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="no fork here"
)
def test_fork_refuses_to_replace_workers():
    """``max_tasks_per_child`` and ``fork`` do not go together."""
    fork = multiprocessing.get_context("fork")
    with pytest.raises(ValueError, match="fork"):
        ProcessPoolExecutor(1, mp_context=fork, max_tasks_per_child=1)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
@pytest.mark.parametrize(
    ("method", "made"),
    [
        (method, 3 if method == "fork" else 1)
        for method in multiprocessing.get_all_start_methods()
    ],
)
def test_when_worker_processes_are_made(method: str, made: int):
    """``fork`` makes all for the first job, the others one at a time."""
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(3, mp_context=context) as pool:
        assert not multiprocessing.active_children()
        pool.submit(abs, -1).result(LIMIT)
        assert len(multiprocessing.active_children()) == made


def test_workers_can_be_killed_from_3_14_on():
    """A pool of processes has ``kill_workers``, a pool of threads has not."""
    new = sys.version_info >= (3, 14)
    assert hasattr(ProcessPoolExecutor, "kill_workers") is new
    assert not hasattr(ThreadPoolExecutor, "kill_workers")


def test_the_processors_that_this_process_may_use():
    """``os.process_cpu_count`` comes with 3.13."""
    assert hasattr(os, "process_cpu_count") is (sys.version_info >= (3, 13))


class Noticed:
    """Tells when it is pickled; arrives in a worker as 0."""

    def __init__(self, pickled: Semaphore) -> None:
        self.pickled = pickled

    def __reduce__(self) -> tuple[type[int], tuple[()]]:
        self.pickled.release()
        return int, ()


def hold(begun: Event, gate: Event) -> None:
    """A job that keeps its worker until the gate opens."""
    begun.set()
    gate.wait()


def test_a_few_jobs_are_pickled_ahead():
    """One for each worker and one more; those behind them can be cancelled."""
    pickled = Semaphore(0)
    with SPAWN.Manager() as manager, ProcessPoolExecutor(1, SPAWN) as pool:
        begun, gate = manager.Event(), manager.Event()
        pool.submit(hold, begun, gate)
        try:
            assert begun.wait(LIMIT)
            jobs = [pool.submit(abs, Noticed(pickled)) for _ in range(50)]
            assert all(pickled.acquire(timeout=LIMIT) for _ in range(2))
            assert not pickled.acquire(timeout=MOMENT)
            assert [job.cancel() for job in jobs] == [False] * 2 + [True] * 48
        finally:
            gate.set()
    assert concurrent.futures.process.EXTRA_QUEUED_CALLS == 1
