"""The claims of docs/concurrency/concepts.md, one test each."""

import asyncio
import hashlib
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from threading import Barrier

import pytest

ROOT = Path(__file__).parents[2]
SNIPPETS = ROOT / "snippets"
LESSON = "concurrency/concepts"
LIMIT = 30.0  # seconds until a program counts as stuck
LINUX = sys.platform == "linux"
HAS_GIL = getattr(sys, "_is_gil_enabled", lambda: True)()
needs_gil = pytest.mark.skipif(not HAS_GIL, reason="a free-threaded build")
THREE = ("north", "south", "east")


class SkippingClock(asyncio.SelectorEventLoop):
    """A loop whose clock jumps to the next timer instead of waiting for it."""

    def __init__(self) -> None:
        super().__init__(SkippingSelector(self))
        self.now = 0.0

    def time(self) -> float:
        return self.now


class SkippingSelector(selectors.SelectSelector):
    def __init__(self, loop: SkippingClock) -> None:
        super().__init__()
        self.loop = loop

    def select(self, timeout: float | None = None) -> list:
        self.loop.now += timeout or 0.0
        return super().select(0)


def seconds_asked_for(main: Callable) -> float:
    """How long the coroutine takes on a clock that only knows its sleeps."""
    with asyncio.Runner(loop_factory=SkippingClock) as runner:
        runner.run(main())
        return runner.get_loop().time()


def python(
    source: str, *options: str, **more: object
) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", *options, "-c", source],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
        **more,
    )


def changed(name: str, *changes: tuple[str, str]) -> str:
    """An example's source, changed as a "try this" tells the reader to."""
    source = (SNIPPETS / LESSON / f"{name}.py").read_text("utf-8")
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    return source


def computes(load: Callable, job: Callable[[], object], rounds: int) -> bool:
    """What the lesson's program says of a job, in so many rounds."""
    program = load(f"{LESSON}/waits_or_computes")
    program.ROUNDS = rounds
    return program.computing_share(job) > program.A_TENTH


ONE_BY_ONE = [line for name in THREE for line in (f"ask {name}", f"answer from {name}")]
PRICES = "prices: [1250, 1200, 1325]"


# Three questions, one after the other


def test_each_is_asked_after_the_answer_before(output):
    """The peak is 1."""
    printed = output(f"{LESSON}/one_after_the_other").splitlines()
    assert printed == [*ONE_BY_ONE, PRICES, "peak in flight: 1"]


def test_the_waits_add_up(load):
    """To 0.06 seconds."""
    main = load(f"{LESSON}/one_after_the_other").main
    assert seconds_asked_for(main) == pytest.approx(0.06)


def test_most_of_the_time_the_program_does_nothing(load):
    """It waits: the share of the time in which it computes is small."""
    main = load(f"{LESSON}/one_after_the_other").main
    wall, cpu = time.perf_counter(), time.process_time()
    asyncio.run(main())
    cpu_seconds = time.process_time() - cpu
    assert cpu_seconds < 0.5 * (time.perf_counter() - wall)


# Overlap the waits


def test_all_three_are_in_flight_on_one_thread(output):
    """Answers in order of readiness, prices in order of the questions."""
    assert output(f"{LESSON}/overlapped_waits").splitlines() == [
        *(f"ask {name}" for name in THREE),
        *(f"answer from {name}" for name in ("south", "east", "north")),
        PRICES,
        "peak in flight: 3",
        "threads: 1",
    ]


def test_the_whole_takes_as_long_as_the_longest_wait(load):
    """Not the sum."""
    module = load(f"{LESSON}/overlapped_waits")
    longest = max(module.SHELVES.values()) * module.SEARCH
    assert longest == pytest.approx(0.03)
    assert seconds_asked_for(module.main) == pytest.approx(longest)


def test_a_blocking_sleep_holds_up_everybody():
    """Try this: with ``time.sleep`` each answer follows its question."""
    source = changed(
        "overlapped_waits",
        ("import asyncio\n", "import asyncio\nimport time\n"),
        ("await asyncio.sleep(", "time.sleep("),
    )
    assert python(source).stdout.splitlines() == [
        *ONE_BY_ONE,
        PRICES,
        "peak in flight: 1",
        "threads: 1",
    ]


# Measure whether it waits or computes


def test_process_time_stands_still_during_a_sleep():
    """``perf_counter`` goes on."""
    wall, cpu = time.perf_counter(), time.process_time()
    time.sleep(0.2)
    cpu_seconds = time.process_time() - cpu
    assert time.perf_counter() - wall > 0.15
    assert cpu_seconds < 0.1


def test_one_waits_and_two_compute(output):
    """The example classifies its three jobs."""
    assert output(f"{LESSON}/waits_or_computes") == (
        "ask: waits\ncount_primes: computes\nisbn_search: computes\n"
    )


def test_a_clock_that_always_goes_on_sees_no_difference():
    """Try this: with ``perf_counter`` all three compute."""
    source = changed("waits_or_computes", ("process_time", "perf_counter"))
    assert python(source).stdout == (
        "ask: computes\ncount_primes: computes\nisbn_search: computes\n"
    )


def test_waiting_for_another_process_is_waiting(load):
    """While another program computes, this one waits."""
    work = "n = sum(range(10_000_000))"
    assert not computes(load, lambda: python(work), rounds=3)


def test_hashing_computes(load):
    """Encryption and its relatives are work for the processor."""
    job = lambda: hashlib.pbkdf2_hmac("sha256", b"isbn", b"lantern", 20_000)  # noqa: E731
    assert computes(load, job, rounds=50)


def test_asyncio_has_no_files(tmp_path):
    """It opens connections; a file is read by a thread."""
    assert hasattr(asyncio, "open_connection")
    assert not hasattr(asyncio, "open")
    path = tmp_path / "prices.txt"
    path.write_text("1250", "utf-8")

    def read() -> tuple[str, bool]:
        here = threading.current_thread() is threading.main_thread()
        return path.read_text("utf-8"), here

    async def main() -> tuple[str, bool]:
        return await asyncio.to_thread(read)

    assert asyncio.run(main()) == ("1250", False)


# Try the same on computing


@needs_gil
def test_overlapped_computing_gains_nothing(output):
    """At most one core is at work, in both ways."""
    assert output(f"{LESSON}/overlapped_computing") == (
        "one_after_the_other [2262, 2262]\n  more than one core: False\n"
        "overlapped [2262, 2262]\n  more than one core: False\n"
    )


def test_the_two_threads_are_in_progress_together(load, monkeypatch):
    """Also in a plain run: the second begins before the first has ended."""
    module = load(f"{LESSON}/overlapped_computing")
    count_primes = module.count_primes
    log: list[str] = []

    def logged(n: int, found: list[int]) -> None:
        log.append("begins")
        count_primes(n, found)
        log.append("ends")

    monkeypatch.setattr(module, "count_primes", logged)
    together = 0
    for _ in range(10):  # the machine may keep the second thread waiting
        log.clear()
        module.overlapped([])
        together += log == ["begins", "begins", "ends", "ends"]
    assert together > 5


def test_the_timeline_shows_both_in_progress():
    """South begins before north has ended, and both compute."""
    path = SNIPPETS / LESSON / "overlapped_computing.timeline"
    rows = [row.split(" | ")[1:] for row in path.read_text("utf-8").splitlines()]
    begins = {lane: n for n, (lane, what) in enumerate(rows) if "begins" in what}
    ends = {lane: n for n, (lane, what) in enumerate(rows) if what.endswith("ends")}
    assert begins["south"] < ends["north"]
    assert begins["north"] < ends["south"]
    for thread in ("north", "south"):
        assert sum("computes" in what for lane, what in rows if lane == thread) > 1


def test_processes_have_a_memory_of_their_own(output):
    """The list here is empty until this process counts for itself."""
    assert output(f"{LESSON}/two_processes") == (
        "primes in this process: 0\nprocesses: 3\nprimes in each: [168, 168, 168]\n"
    )


def test_spawn_imports_the_file_in_each_process(tmp_path):
    """A fresh interpreter runs what does not stand under ``__main__``."""
    path = tmp_path / "two_processes.py"
    source = changed(
        "two_processes", ("\n\ndef main", "\nprint(__name__)\n\n\ndef main")
    )
    path.write_text(source, "utf-8")
    done = subprocess.run(
        [sys.executable, str(path)], capture_output=True, text=True, timeout=LIMIT
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("__main__") == 1
    assert done.stdout.count("__mp_main__") == 2  # in one line or in two


def test_threads_share_the_memory(load):
    """The same function in a thread fills the list here."""
    module = load(f"{LESSON}/two_processes")
    answers: list[tuple[int, int]] = []
    queue = type("Queue", (), {"put": lambda _, answer: answers.append(answer)})()
    thread = threading.Thread(target=module.count_primes, args=(1000, queue))
    thread.start()
    thread.join(LIMIT)
    assert answers == [(os.getpid(), 168)]
    assert len(module.counted) == 168


# Know who switches


def test_tasks_switch_where_they_await(output):
    """With ``sleep(0)`` they alternate; without it each runs to its end."""
    assert output(f"{LESSON}/switched_at_await") == (
        "hands over: ['A1', 'B1', 'A2', 'B2']\ndoes not:  ['A1', 'A2', 'B1', 'B2']\n"
    )


def test_three_steps():
    """Try this: a longer turn is not taken away either."""
    printed = python(changed("switched_at_await", ("STEPS = 2", "STEPS = 3"))).stdout
    assert printed == (
        "hands over: ['A1', 'B1', 'A2', 'B2', 'A3', 'B3']\n"
        "does not:  ['A1', 'A2', 'A3', 'B1', 'B2', 'B3']\n"
    )


def test_threads_are_switched_by_force(output):
    """A loop that never waits lets its neighbour ring."""
    assert output(f"{LESSON}/switched_by_force") == (
        "the neighbour rang: True\nthe loop that never waits has ended: True\n"
    )


def test_as_a_task_the_loop_would_never_end():
    """However many rounds it goes, its neighbour has no turn."""

    async def ring(rang: asyncio.Event) -> None:
        rang.set()

    async def count_until(rang: asyncio.Event) -> int:
        count = 0
        while not rang.is_set() and count < 100_000:
            count += 1
        return count

    async def main() -> int:
        rang = asyncio.Event()
        stubborn = asyncio.create_task(count_until(rang))
        neighbour = asyncio.create_task(ring(rang))
        await neighbour
        return await stubborn

    assert asyncio.run(main()) == 100_000


# Count what the machine has


def test_cores_and_hardware_threads(output):
    """Eight on four, and what holds on every machine."""
    assert output(f"{LESSON}/cores_on_this_machine") == (
        "laptop, hardware threads: 8\nlaptop, cores: 4\n"
        "here, cores <= hardware threads: True\n"
        "here, usable <= hardware threads: True\n"
    )


def test_cores_times_threads_per_core(load):
    """It gives the hardware threads of machines whose cores are alike."""
    cores = load(f"{LESSON}/cores_on_this_machine").cores
    for per_core in (1, 2, 4):
        siblings = [
            ",".join(str(core + 6 * n) for n in range(per_core))
            for core in range(6)
            for _ in range(per_core)
        ]
        assert cores(siblings) * per_core == len(siblings)


@pytest.mark.skipif(not LINUX, reason="only Linux has taskset")
def test_a_process_may_have_fewer():
    """Try this: narrowed to one CPU, it prints 1 after the same four lines."""
    mine = min(os.sched_getaffinity(0))
    print_usable = ("\n\nif __name__", "\n    print(usable)\n\n\nif __name__")
    source = changed("cores_on_this_machine", print_usable)
    narrow = f"import os\nos.sched_setaffinity(0, [{mine}])\n"
    assert python(narrow + source).stdout.splitlines() == [
        *python(changed("cores_on_this_machine")).stdout.splitlines(),
        "1",
    ]


@pytest.mark.skipif(sys.version_info < (3, 13), reason="new in Python 3.13")
def test_the_option_overrides_both_numbers():
    """``-X cpu_count`` is for limits that neither number knows."""
    ask = "import os; print(os.cpu_count(), os.process_cpu_count())"
    assert python(ask, "-X", "cpu_count=3").stdout == "3 3\n"


@pytest.mark.skipif(sys.version_info < (3, 13), reason="new in Python 3.13")
def test_the_option_may_give_less_than_the_cores():
    """The program then says so; here with the laptop's four cores."""
    laptop_here = ("cores(siblings_here())", "cores(LAPTOP)")
    source = changed("cores_on_this_machine", laptop_here)
    for given, holds in (("1", False), ("4", True)):
        said = python(source, "-X", f"cpu_count={given}").stdout
        assert f"here, cores <= hardware threads: {holds}\n" in said


# Pitfalls


def test_computing_tasks_run_one_after_the_other(output):
    """The second begins when the first has ended."""
    assert output(f"{LESSON}/computing_in_tasks") == (
        "primes: [168, 303]\n['1000 begins', '1000 ends', '2000 begins', '2000 ends']\n"
    )


def test_no_other_task_is_answered_meanwhile(load):
    """A task that is ready waits for the whole count."""
    module = load(f"{LESSON}/computing_in_tasks")
    log: list[str] = []

    async def answer() -> None:
        log.append("answer")

    async def main() -> None:
        count = asyncio.create_task(module.count_primes(1000, log))
        await asyncio.gather(count, answer())

    asyncio.run(main())
    assert log == ["1000 begins", "1000 ends", "answer"]


def test_a_step_cannot_overlap_what_it_needs(output):
    """One after the other works; overlapped, the ISBN is not there yet."""
    printed = output(f"{LESSON}/answer_needed_first")
    assert "one after the other: 1250\n" in printed
    assert "overlapped:" not in printed.split("Traceback")[0]
    assert printed.endswith("KeyError: 'isbn'\n")


def test_a_loop_that_looks_at_the_clock_computes(load):
    """It uses the processor all the time; a sleep does not."""

    def look_at_the_clock() -> None:
        opens = time.perf_counter() + 0.002
        while time.perf_counter() < opens:
            pass

    assert computes(load, look_at_the_clock, rounds=50)
    assert not computes(load, lambda: time.sleep(0.01), rounds=50)


# Which one should I use?


def test_blocking_waits_overlap_in_threads():
    """Three threads wait at the same moment, or the barrier would break."""
    all_waiting = Barrier(3)
    threads = [
        threading.Thread(target=all_waiting.wait, args=(LIMIT,)) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    assert not all_waiting.broken


def main_goes_on_during(work: Callable[[], object]) -> bool:
    """Whether a thread that does the work gives its turn away unforced."""
    ended = threading.Event()

    def job() -> None:
        work()
        ended.set()

    interval = sys.getswitchinterval()
    sys.setswitchinterval(LIMIT)
    try:
        thread = threading.Thread(target=job)
        thread.start()
        went_on = not ended.is_set()
        thread.join(LIMIT)
    finally:
        sys.setswitchinterval(interval)
    return went_on


@needs_gil
def test_c_code_may_release_the_gil(load):
    """Hashing leaves the other threads their turns, Python code does not."""
    count = load(f"{LESSON}/overlapped_computing").count_primes
    python_code = lambda: count(5000, [])  # noqa: E731
    c_code = lambda: hashlib.pbkdf2_hmac("sha256", b"isbn", b"lantern", 50_000)  # noqa: E731
    assert not any(main_goes_on_during(python_code) for _ in range(5))
    assert any(main_goes_on_during(c_code) for _ in range(20))


# Exercise


@pytest.mark.parametrize(
    "mistake, caught_by",
    [
        ("work_elsewhere", "test_waits_or_computes"),
        ("computing_never_overlaps", "test_which_parts_are_independent"),
        ("everything_at_once", "test_the_search_comes_first"),
        ("wait_at_each_start", "test_the_four_questions_overlap"),
    ],
)
def test_each_mistake_is_caught_by_one_test(output, mistake, caught_by):
    """The report names the one test that singles it out."""
    printed = output(f"{LESSON}/exercise/wrong/{mistake}")
    failed = [line for line in printed.splitlines() if line.startswith("FAILED")]
    assert len(failed) == 1
    assert f"::{caught_by} " in failed[0]


def test_the_programs_are_those_of_the_page(load):
    """The table of the exercise and ``PROGRAMS`` name the same eight."""
    page = (ROOT / "docs" / f"{LESSON}.md").read_text("utf-8")
    section = page.split("## Exercise")[1].split("/// exercise")[0]
    rows = [row for row in section.splitlines() if row.startswith("| `")]
    names = {row.split("`")[1] for row in rows}
    assert names == set(load(f"{LESSON}/exercise/solution").PROGRAMS)
    assert len(names) == 8


# Under the hood


def test_the_switch_interval():
    """It is 5 ms unless somebody changes it."""
    assert python("import sys; print(sys.getswitchinterval())").stdout == "0.005\n"
