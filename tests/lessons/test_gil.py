"""The claims of docs/concurrency/gil.md, one test each."""

import asyncio
import dis
import hashlib
import operator
import random
import subprocess
import sys
import sysconfig
import threading
import time
import weakref
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from mmap import mmap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SNIPPETS = ROOT / "snippets"
LESSON = "concurrency/gil"
LIMIT = 30.0  # seconds until a program counts as stuck
MINUTE = 60.0
HAS_GIL = getattr(sys, "_is_gil_enabled", lambda: True)()
needs_gil = pytest.mark.skipif(not HAS_GIL, reason="a free-threaded build")


@pytest.fixture
def turn_of_a_minute() -> Iterator[None]:
    """Nobody is interrupted during the test."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(MINUTE)
    yield
    sys.setswitchinterval(usual)


def python(source: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", source],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )


def changed(name: str, *changes: tuple[str, str]) -> str:
    """An example's source, changed as a "try this" tells the reader to."""
    source = (SNIPPETS / LESSON / f"{name}.py").read_text("utf-8")
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    return source


# The same work, three ways


@needs_gil
def test_upper_limits_hold(output):
    """One core for primes in threads, two for processes and for hashing."""
    assert output(f"{LESSON}/cores_at_work") == (
        "primes, threads, at most 1 core: True\n"
        "primes, processes, at most 2: True\n"
        "hashing, threads, at most 2: True\n"
    )


@needs_gil
def test_the_figures_are_cores(tmp_path):
    """Try this: the three figures are printed, and stay below their limits."""
    program = tmp_path / "cores_at_work.py"
    names = ("in_threads < 1", "in_processes < JOBS", "hashing < JOBS")
    rounded = [(f"{name} + SLACK", f"round({name.split()[0]}, 1)") for name in names]
    program.write_text(changed("cores_at_work", *rounded), "utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", program],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=True,
    )
    figures = [float(line.split()[-1]) for line in done.stdout.splitlines()]
    for figure, limit in zip(figures, (1.5, 2.5, 2.5), strict=True):
        assert 0 < figure < limit


def test_thread_time_counts_one_thread():
    """It does not count what another thread computes meanwhile."""
    done = threading.Event()

    def compute() -> None:
        end = time.thread_time() + 0.2
        while time.thread_time() < end:
            pass
        done.set()

    begin = time.thread_time()
    other = threading.Thread(target=compute)
    other.start()
    done.wait()
    other.join()
    assert time.thread_time() - begin < 0.1


# See who gets in


@needs_gil
def test_two_jobs_keep_the_neighbour_out(output):
    """Bytecode and sorting hold the GIL; hashing and waiting let go."""
    assert output(f"{LESSON}/who_gets_in") == (
        "add_prices lets a neighbour in: False\n"
        "sort_prices lets a neighbour in: False\n"
        "sign_invoice lets a neighbour in: True\n"
        "ask_north lets a neighbour in: True\n"
    )


@needs_gil
def test_sorting_with_a_key_keeps_it_out_too(load, turn_of_a_minute):
    """Try this: a key function in Python changes nothing."""
    module = load(f"{LESSON}/who_gets_in")
    assert not module.gets_in(lambda: sorted(module.PRICES, key=lambda cents: -cents))


@needs_gil
def test_the_usual_interval_lets_it_in(load):
    """Without the minute, the job in bytecode is interrupted."""
    module = load(f"{LESSON}/who_gets_in")
    module.ROUNDS = 10_000_000
    assert module.gets_in(module.add_prices)


@needs_gil
def test_each_process_has_a_gil(output):
    """The process rings while we compute without a pause; the thread cannot."""
    assert output(f"{LESSON}/a_lock_each") == (
        "[thread, process] rang meanwhile: [False, True]\nin the end: [True, True]\n"
    )


@needs_gil
def test_reading_shared_memory_keeps_the_gil(load, turn_of_a_minute):
    """A byte of an mmap is read without letting anybody in."""
    with mmap(-1, 2) as bells:
        job = lambda: [bells[0] for _ in range(2000)]  # noqa: E731
        assert not load(f"{LESSON}/who_gets_in").gets_in(job)


# Take turns


def test_the_turns_alternate(output):
    """Neither thread waits, and still each has its turns."""
    assert output(f"{LESSON}/turns_by_force") == (
        "switch interval: 0.005 s\n"
        "turns: ['north', 'south', 'north', 'south', 'north']\n"
    )


def test_neither_thread_waits():
    """The timeline has no wait in the lanes of north and south."""
    path = SNIPPETS / LESSON / "turns_by_force.timeline"
    rows = [row.split(" | ")[1:] for row in path.read_text("utf-8").splitlines()]
    lanes = {lane: what for lane, what in rows if lane in ("north", "south")}
    assert set(lanes) == {"north", "south"}
    assert not any("wait" in what for lane, what in rows if lane in lanes)


@needs_gil
def test_half_a_second_each():
    """Try this: the same turns, and each one lasts."""
    first = ("    print(", "    sys.setswitchinterval(0.5)\n    print(")
    source = changed("turns_by_force").replace(*first, 1)
    begin = time.monotonic()
    done = python(source)
    assert time.monotonic() - begin > 1
    assert done.stdout == (
        "switch interval: 0.5 s\nturns: ['north', 'south', 'north', 'south', 'north']\n"
    )


@needs_gil
def test_a_long_c_call_is_not_cut_short():
    """A neighbour who may come in after a millisecond waits for ``sorted`` to end."""
    usual = sys.getswitchinterval()
    gate, rang = threading.Lock(), []
    neighbour = threading.Thread(target=lambda: gate.acquire() and rang.append("rang"))
    prices = random.Random(22).choices(range(10_000), k=300_000)
    # All of it is C code: no bytecode step lies between opening the gate and the count.
    calls = gate.release, partial(sorted, prices), partial(len, rang)
    gate.acquire()
    neighbour.start()
    sys.setswitchinterval(0.001)
    try:
        begin = time.thread_time()
        _, _, rung = map(operator.call, calls)
        seconds = time.thread_time() - begin
    finally:
        sys.setswitchinterval(usual)
        neighbour.join()
    assert seconds > 0.002
    assert rung == 0
    assert rang == ["rang"]


def test_an_event_loop_has_one_thread():
    """All its tasks run on it, so it chooses among them and nothing else."""

    async def where() -> int:
        await asyncio.sleep(0)
        return threading.get_ident()

    async def main() -> set[int]:
        return set(await asyncio.gather(*(where() for _ in range(5))))

    assert asyncio.run(main()) == {threading.get_ident()}


# Look inside CPython


def test_one_line_is_seven_steps(output):
    """It loads twice for the counter, once for the number, adds and stores."""
    printed = output(f"{LESSON}/one_line_in_four_forms")
    steps = printed.splitlines()[-1].split(": ", 1)[1]
    assert steps.count("'") // 2 == 7
    order = ["LOAD_ATTR", "LOAD_NAME", "BINARY_OP", "STORE_ATTR"]
    positions = [steps.rindex(step) for step in order]
    assert positions == sorted(positions)


def test_other_steps_lie_between_the_load_and_the_store():
    """There another thread can sell."""
    code = compile("counter.sold += copies", "till.py", "exec")
    names = [step.opname for step in dis.get_instructions(code)]
    assert names.index("LOAD_ATTR") + 1 < names.index("STORE_ATTR")


def test_references_are_counted(output):
    """A name counts, each place in a list counts, and at zero the book goes."""
    assert output(f"{LESSON}/reference_counts") == (
        "a second name: 1\n"
        "and twice in a list: 3\n"
        "list cleared: 1\n"
        "second name gone: 0\n"
        "the book is gone\n"
        "end of main\n"
    )


@pytest.mark.skipif(sys.version_info < (3, 12), reason="PEP 683 came with 3.12")
def test_none_is_not_counted():
    """It is immortal: a thousand more places do not change its number."""
    before = sys.getrefcount(None)
    places = [None] * 1000
    assert sys.getrefcount(None) == before
    assert len(places) == 1000


def test_a_finalizer_is_not_counted():
    """``weakref.finalize`` holds no reference of its own."""

    class Book: ...

    book = Book()
    before = sys.getrefcount(book)
    weakref.finalize(book, print).atexit = False
    assert sys.getrefcount(book) == before


# Ask which build is running


@needs_gil
def test_a_default_build(output):
    """The example says so, and the setting is 0 or unknown."""
    assert output(f"{LESSON}/which_build") == (
        "implementation: CPython\nfree-threaded build: False\nthe GIL is on: True\n"
    )
    assert sysconfig.get_config_var("Py_GIL_DISABLED") in (0, None)


def test_the_function_came_with_3_13():
    """Before, there was nothing to ask."""
    assert hasattr(sys, "_is_gil_enabled") is (sys.version_info >= (3, 13))


@pytest.mark.parametrize(
    ("setting", "enabled", "answers"),
    [(1, False, (True, False)), (1, True, (True, True)), (0, True, (False, True))],
)
def test_two_questions(load, monkeypatch, setting, enabled, answers):
    """A free-threaded build may run with a GIL all the same."""
    module = load(f"{LESSON}/which_build")
    monkeypatch.setattr(sysconfig, "get_config_var", lambda _: setting)
    monkeypatch.setattr(sys, "_is_gil_enabled", lambda: enabled, raising=False)
    assert (module.built_without_gil(), module.gil_is_on()) == answers


def test_without_the_function_the_gil_is_on(load, monkeypatch):
    """CPython before 3.13 has none, and others need not have it."""
    module = load(f"{LESSON}/which_build")
    monkeypatch.delattr(sys, "_is_gil_enabled", raising=False)
    assert module.gil_is_on()


def test_no_run_is_free_threaded():
    """The page says so: neither the workflows nor this run use such a build."""
    assert HAS_GIL
    assert sysconfig.get_config_var("Py_GIL_DISABLED") != 1
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        text = path.read_text("utf-8")
        for version in ("3.11", "3.12", "3.13", "3.14"):
            assert f"{version}t" not in text


def test_interpreters_came_to_the_library_with_3_14():
    """Before, there is no module of that name."""
    done = python("import concurrent.interpreters")
    assert (done.returncode == 0) is (sys.version_info >= (3, 14))


# Pitfalls


def test_both_looked_and_one_failed(output):
    """Two operations in a row fail; one operation is enough."""
    assert output(f"{LESSON}/look_then_take") == (
        "look, then take: ['KeyError', 'sold for 1250']\n"
        "one operation: ['sold for 1250', 'sold out']\n"
    )


def test_it_fails_every_time(load):
    """The barrier makes it certain, with either till first."""
    module = load(f"{LESSON}/look_then_take")
    for _ in range(50):
        sold = "sold for 1250"
        assert module.at_two_tills(module.look_then_take) == ["KeyError", sold]
        assert module.at_two_tills(module.take) == [sold, "sold out"]


def test_sold_out_before_anybody_looks(load):
    """Without a clash both ways say the same."""
    module = load(f"{LESSON}/look_then_take")
    for sell in (module.look_then_take, module.take):
        assert sell({}, threading.Barrier(1)) == "sold out"


def test_a_key_can_run_python_inside_one_operation():
    """Its ``__eq__`` is called by the dictionary."""
    called: list[object] = []

    class Isbn:
        def __hash__(self) -> int:
            return 1

        def __eq__(self, other: object) -> bool:
            called.append(other)
            return True

    shelf = {Isbn(): 1250}
    assert shelf.pop(Isbn()) == 1250
    assert called


@needs_gil
def test_only_the_large_piece_lets_go(output):
    """The same bytes and the same checksum: one call lets a neighbour in."""
    assert output(f"{LESSON}/large_pieces") == (
        "same checksum: True\n"
        "in_small_pieces, a neighbour gets in: False\n"
        "in_one_piece, a neighbour gets in: True\n"
    )


@needs_gil
@pytest.mark.parametrize(("length", "lets_go"), [(2047, False), (100_000, True)])
def test_the_length_decides(load, turn_of_a_minute, length, lets_go):
    """Up to 2047 bytes it is kept."""
    module = load(f"{LESSON}/large_pieces")
    piece = bytes(length)
    job = lambda: [hashlib.sha256(piece) for _ in range(100)]  # noqa: E731
    assert module.gets_in(job) is lets_go


@needs_gil
@pytest.mark.skipif(sys.version_info >= (3, 14), reason="not looked at there")
def test_after_a_large_piece_the_small_ones_let_go_too(load, turn_of_a_minute):
    """More than 2047 bytes let go; fewer are no promise to keep it."""
    gets_in = load(f"{LESSON}/who_gets_in").gets_in
    fresh, used = hashlib.sha256(), hashlib.sha256()
    assert not gets_in(lambda: [fresh.update(b"9780000000019") for _ in range(2000)])
    used.update(bytes(4096))
    assert gets_in(lambda: [used.update(b"9780000000019") for _ in range(20_000)])


# Exercise


def small_hashes() -> None:
    for number in range(2000):
        hashlib.sha256(b"%013d" % number).digest()


def read_prices(path: Path) -> Callable[[], None]:
    def job() -> None:
        for _ in range(500):  # time for a neighbour who is late
            path.read_bytes()

    return job


@needs_gil
def test_the_solution_is_what_python_does(load, turn_of_a_minute, tmp_path):
    """The lesson's probe gives the solution's answer for each of the jobs."""
    module = load(f"{LESSON}/who_gets_in")
    catalogue = random.Random(22).randbytes(200_000)
    prices = tmp_path / "prices.txt"
    prices.write_bytes(catalogue)
    numbers = list(range(2, 400))
    titles = [f"Volume {number:05}" for number in range(2000, 0, -1)]
    jobs = {
        "ask_supplier": module.ask_north,
        "count_primes": lambda: [n for n in numbers if all(n % d for d in range(2, n))],
        "compress_catalogue": lambda: zlib.compress(catalogue),
        "sort_titles": lambda: sorted(titles),
        "read_prices": read_prices(prices),
        "hash_isbns": small_hashes,
    }
    helps = {name: module.gets_in(job) for name, job in jobs.items()}
    assert helps == load(f"{LESSON}/exercise/solution").THREADS_HELP


@needs_gil
def test_large_hashes_let_go(load, turn_of_a_minute):
    """From 2048 bytes on; these give also a late neighbour time to come in."""
    data = bytes(10_000_000)
    gets_in = load(f"{LESSON}/who_gets_in").gets_in
    assert gets_in(lambda: hashlib.sha256(data).digest())


def test_gil_state_of_this_python(load):
    """The solution names the Python that runs the test."""
    state = load(f"{LESSON}/exercise/solution").gil_state
    setting = sysconfig.get_config_var("Py_GIL_DISABLED")
    said = state(setting, getattr(sys, "_is_gil_enabled", None))
    assert said.startswith("free-threaded") is (setting == 1)


@pytest.mark.parametrize(
    ("mistake", "caught_by"),
    [
        ("all_c_code", "test_jobs_that_compute"),
        ("build_is_enough", "test_the_gil_can_be_switched_on_again"),
        ("missing_means_off", "test_default_builds_without_the_function"),
        ("waits_hold_it", "test_jobs_that_wait"),
    ],
)
def test_each_mistake_is_caught_by_one_test(output, mistake, caught_by):
    """The report names the one test that singles it out."""
    printed = output(f"{LESSON}/exercise/wrong/{mistake}")
    failed = [line for line in printed.splitlines() if line.startswith("FAILED")]
    assert len(failed) == 1
    assert f"::{caught_by} " in failed[0]


def test_the_jobs_are_those_of_the_page(load):
    """The table of the exercise and ``THREADS_HELP`` name the same six."""
    page = (ROOT / "docs" / f"{LESSON}.md").read_text("utf-8")
    section = page.split("## Exercise")[1].split("/// exercise")[0]
    rows = [row for row in section.splitlines() if row.startswith("| `")]
    names = {row.split("`")[1] for row in rows}
    assert names == set(load(f"{LESSON}/exercise/starter").THREADS_HELP)
    assert len(names) == 6
