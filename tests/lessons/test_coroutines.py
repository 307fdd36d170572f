"""The claims of docs/concurrency/coroutines.md, one test each."""

import asyncio
import inspect
import logging
import sqlite3
import subprocess
import sys
import threading
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, asynccontextmanager, closing
from pathlib import Path
from types import ModuleType

import pytest

SNIPPETS = Path(__file__).parents[2] / "snippets"
LESSON = "concurrency/coroutines"
ISBN = "9780000000064"
LIMIT = 30.0  # seconds until a program counts as stuck

Output = Callable[[str], str]
Load = Callable[[str], ModuleType]


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """Every test ends the threads that it started."""
    before = set(threading.enumerate())
    yield
    left = set(threading.enumerate()) - before
    assert not [t for t in left if not t.name.startswith("ThreadPoolExecutor")]


def python(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a Python in a process of its own."""
    return subprocess.run(
        [sys.executable, *arguments],
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


async def ask() -> int:
    return 1250


async def waiting(turns: int = 1) -> str:
    for _ in range(turns):
        await asyncio.sleep(0)
    return "answer"


async def others_run_during(awaitable: object) -> bool:
    """Whether another task gets a turn while this is awaited."""
    other = asyncio.create_task(ask())
    await awaitable
    had_a_turn = other.done()
    await other
    return had_a_turn


# A reservation that never happened


def test_nothing_is_reserved_and_a_warning_says_why(output: Output) -> None:
    """The list stays empty; the warning names the coroutine and the line."""
    lines = output(f"{LESSON}/never_awaited").splitlines()
    assert lines[0] == "reserved: []"
    assert "RuntimeWarning: coroutine 'reserve' was never awaited" in lines[1]
    assert lines[2].strip() == "reserve(NIGHT_TRAINS, reserved)"


def test_the_exit_status_is_zero_and_the_warning_on_stderr() -> None:
    """Whoever started the program sees a success."""
    done = python("-c", changed("never_awaited"))
    assert done.returncode == 0
    assert done.stdout == "reserved: []\n"
    assert "was never awaited" in done.stderr


def test_the_warning_needs_no_filter() -> None:
    """Python shows it by itself, unless an option says otherwise."""
    source = changed("never_awaited", ('    warnings.simplefilter("default")\n', ""))
    assert "was never awaited" in python("-c", source).stderr
    assert python("-W", "ignore", "-c", source).stderr == ""


def test_try_this_await_the_call() -> None:
    """With await the copy is reserved, and nothing is complained of."""
    source = changed("never_awaited", ("    reserve(NIGHT", "    await reserve(NIGHT"))
    done = python("-c", source)
    assert (done.stdout, done.stderr) == (f"reserved: ['{ISBN}']\n", "")


# Call it, await it, run it


def test_a_call_makes_an_object_and_runs_nothing(output: Output) -> None:
    """No line of the body is run; the coroutine is created, then closed."""
    lines = output(f"{LESSON}/called_but_not_run").splitlines()
    assert lines[0].startswith("the call gave <coroutine object ask at ")
    assert lines[1:] == [
        "coroutine function: True",
        "coroutine: True",
        "its state: CORO_CREATED",
        "closed: CORO_CLOSED",
    ]


def test_without_close_there_is_the_warning() -> None:
    """A coroutine that is thrown away unawaited and unclosed is complained of."""
    source = changed("called_but_not_run", ("    call.close()\n", ""))
    assert "coroutine 'ask' was never awaited" in python("-c", source).stderr


def test_first_coroutine(output: Output) -> None:
    """await and asyncio.run both give what the coroutine returns."""
    assert output(f"{LESSON}/first_coroutine").splitlines() == [
        "hello, north",
        "north answers",
        "price: 1250",
        "asyncio.run returned 1250",
    ]


def test_an_exception_comes_out_of_await() -> None:
    """A try around the await catches what the coroutine raises."""

    async def closed() -> int:
        await asyncio.sleep(0)
        raise ConnectionError("south is closed")

    async def main() -> str:
        try:
            return str(await closed())
        except ConnectionError as error:
            return str(error)

    assert asyncio.run(main()) == "south is closed"


def test_a_task_runs_unawaited_and_a_coroutine_waits() -> None:
    """The task is done without an await; the coroutine has not begun."""

    async def main() -> None:
        task, coroutine = asyncio.create_task(ask()), ask()
        await asyncio.sleep(0)
        assert task.done()
        assert inspect.getcoroutinestate(coroutine) == inspect.CORO_CREATED
        assert await coroutine == 1250

    asyncio.run(main())


def test_three_things_can_be_awaited() -> None:
    """A coroutine, a task, a future."""

    async def main() -> None:
        future = asyncio.get_running_loop().create_future()
        future.set_result(1250)
        for awaitable in (ask(), asyncio.create_task(ask()), future):
            assert await awaitable == 1250

    asyncio.run(main())


@pytest.mark.parametrize("source", ["await ask()", "def f():\n    await ask()"])
def test_await_outside_async_def(source: str) -> None:
    """It is a SyntaxError at the top of a module and in an ordinary function."""
    with pytest.raises(SyntaxError, match="'await' outside"):
        compile(source, "till.py", "exec")


def test_the_asyncio_repl_awaits() -> None:
    """``python -m asyncio`` takes an await at its prompt."""
    done = python("-m", "asyncio", input="await asyncio.sleep(0, 'served')\n")
    assert "'served'" in done.stdout
    assert "SyntaxError" not in done.stderr


def test_one_loop_or_two(output: Output) -> None:
    """asyncio.run makes a loop each time and closes it; a Runner keeps one."""
    assert output(f"{LESSON}/one_loop_or_two").splitlines() == [
        "asyncio.run twice, same loop: False",
        "both closed: True",
        "one Runner, same loop: True",
        "closed inside the block: False",
        "closed after it: True",
    ]


@pytest.mark.parametrize("kind", [asyncio.Event, asyncio.Lock])
def test_another_loop_refuses_it(kind: type) -> None:
    """What one loop has waited on is refused where the next has to wait for it.

    Where it is free it goes through; a Runner keeps it.
    """

    async def wait(thing: asyncio.Event | asyncio.Lock) -> None:
        await (thing.wait if isinstance(thing, asyncio.Event) else thing.acquire)()

    async def wait_in_vain(thing: asyncio.Event | asyncio.Lock) -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await wait(thing)

    async def made() -> asyncio.Event | asyncio.Lock:
        thing = kind()
        if isinstance(thing, asyncio.Lock):
            await thing.acquire()
        await wait_in_vain(thing)
        return thing

    thing = asyncio.run(made())
    with pytest.raises(RuntimeError, match="different event loop"):
        asyncio.run(wait_in_vain(thing))
    free = thing.set if isinstance(thing, asyncio.Event) else thing.release
    free()
    asyncio.run(wait(thing))
    with asyncio.Runner() as runner:
        runner.run(wait_in_vain(runner.run(made())))


# One await after another


def test_two_awaits_in_sequence(output: Output) -> None:
    """South is asked after north's answer; with two tasks, before it."""
    first, second = output(f"{LESSON}/two_awaits_in_sequence").split("two tasks\n")
    asks = ["  ask north", "  ask south"]
    answers = ["  answer from north", "  answer from south"]
    assert first.splitlines() == [
        "two awaits",
        *(asks[0], answers[0], asks[1], answers[1]),
        "prices: [1250, 1200]",
    ]
    assert second.splitlines() == [*asks, *answers[::-1], "prices: [1250, 1200]"]


def test_the_total_is_the_sum_and_then_the_longest() -> None:
    """The recorded times: two waits in the first half, one in the second."""
    recording = SNIPPETS / LESSON / "two_awaits_in_sequence.timeline"
    rows = [row.split(" | ") for row in recording.read_text("utf-8").splitlines()]
    creates = next(time for time, _, what in rows if "creates ask north" in what)
    assert (creates, rows[-1][0]) == ("0.5 s", "0.95 s")


# See who lets others run


def test_a_thousand_awaits_let_nobody_run(output: Output) -> None:
    """The till has its turn in sleep(0), and not before."""
    assert output(f"{LESSON}/await_that_does_not_suspend").splitlines() == [
        "after 1000 awaits, served: False",
        "after one sleep(0), served: True",
        "Amara is served",
    ]


def test_try_this_suspend_in_look_up() -> None:
    """With a sleep(0) in look_up the first line says True, after one await already."""
    pause = ("    return LIST", "    await asyncio.sleep(0)\n    return LIST")
    source = changed("await_that_does_not_suspend", pause, ("1000)", "1)"))
    assert "awaits, served: True\n" in python("-c", source).stdout


def test_what_suspends_and_what_does_not() -> None:
    """A task that is not done and a held lock do; what is there already does not."""

    async def main() -> None:
        done = asyncio.create_task(ask())
        await done
        free, held = asyncio.Lock(), asyncio.Lock()
        await held.acquire()

        async def acquire_held() -> None:
            asyncio.get_running_loop().call_soon(held.release)
            await held.acquire()

        seen = {
            "a coroutine that waits for nothing": ask,
            "a task that is done": lambda: done,
            "a lock that is free": free.acquire,
            "a lock that somebody holds": acquire_held,
            "a task that is not done": lambda: asyncio.create_task(waiting()),
            "something deep inside": waiting,
            "sleep(0)": lambda: asyncio.sleep(0),
        }
        suspends = {
            name: await others_run_during(make()) for name, make in seen.items()
        }
        assert list(suspends.values()) == [False] * 3 + [True] * 4, suspends

    asyncio.run(main())


def test_thousands_wait_at_once() -> None:
    """Ten thousand tasks wait in one loop, without a thread more."""

    async def main() -> None:
        door = asyncio.Event()
        tasks = [asyncio.create_task(door.wait()) for _ in range(10_000)]
        await asyncio.sleep(0)
        assert threading.active_count() == threads
        assert len(asyncio.all_tasks()) == 10_001
        door.set()
        assert all(await asyncio.gather(*tasks))

    threads = threading.active_count()
    asyncio.run(main())


# Find what blocks the loop


def test_a_blocking_call_holds_everybody_up(output: Output) -> None:
    """With time.sleep south is asked after north's answer; with asyncio's, before."""
    first, second = output(f"{LESSON}/blocking_call").split("asyncio.sleep\n")
    asks = ["  ask north", "  ask south"]
    answers = ["  answer from north", "  answer from south"]
    assert first.splitlines() == [
        "time.sleep",
        *(asks[0], answers[0], asks[1], answers[1]),
    ]
    assert second.splitlines() == [*asks, *answers]


def test_debug_mode_reports_the_step(output: Output) -> None:
    """The usual mode says nothing, debug mode names the task."""
    assert output(f"{LESSON}/debug_mode").splitlines() == [
        "usual mode: set()",
        "debug mode: {'ask north'}",
    ]


def test_what_the_program_says_goes_before_the_option() -> None:
    """``-X dev`` changes nothing where ``debug`` is given."""
    assert python("-X", "dev", "-c", changed("debug_mode")).stdout.splitlines() == [
        "usual mode: set()",
        "debug mode: {'ask north'}",
    ]


def test_what_a_report_has(load: Load, caplog: pytest.LogCaptureFixture) -> None:
    """A line in the log ``asyncio`` with the task, the coroutine, the seconds."""
    module = load(f"{LESSON}/debug_mode")
    with caplog.at_level(logging.WARNING, logger="asyncio"):
        asyncio.run(module.main(), debug=True)
    report = next(r for r in caplog.records if "ask north" in r.getMessage())
    assert report.name == "asyncio"
    assert "coro=<ask_blocking() done" in report.getMessage()
    assert report.getMessage().endswith(" seconds")


def test_the_limit_of_debug_mode() -> None:
    """A step is slow from 0.1 seconds on, and the limit can be set."""
    with asyncio.Runner(debug=True) as runner:
        assert runner.get_loop().slow_callback_duration == 0.1


@pytest.mark.parametrize(
    ("options", "environment", "debug"),
    [
        ([], {}, False),
        (["-X", "dev"], {}, True),
        ([], {"PYTHONASYNCIODEBUG": "1"}, True),
    ],
)
def test_ways_into_debug_mode(options: list, environment: dict, debug: bool) -> None:
    """An option and a variable switch it on, without a change in the program."""
    source = (
        "import asyncio\n"
        "async def main():\n"
        "    print(asyncio.get_running_loop().get_debug())\n"
        "asyncio.run(main())"
    )
    done = python(*options, "-c", source, env=environment)
    assert done.stdout == f"{debug}\n"


def test_move_it_to_a_thread(output: Output) -> None:
    """All customers are served before the blocking call has its answer."""
    assert output(f"{LESSON}/move_it_to_a_thread").splitlines() == [
        "the till serves Amara",
        "the till serves Bilal",
        "the till serves Diego",
        "north asks for 1250",
    ]


def test_the_function_runs_in_another_thread() -> None:
    """to_thread does not call it in the thread of the loop."""

    async def main() -> None:
        assert await asyncio.to_thread(threading.get_ident) != threading.get_ident()

    asyncio.run(main())


def test_try_this_without_to_thread() -> None:
    """Called directly it gives up, and nobody is served before that."""
    source = changed(
        "move_it_to_a_thread",
        ("await asyncio.to_thread(\n        ask, ", "ask("),
        ("PATIENCE = 5.0", "PATIENCE = 0.01"),
        (
            "        raise Timeout",
            "        print('north gives up')\n        raise Timeout",
        ),
    )
    done = python("-c", source)
    assert done.stdout == "north gives up\nthe till serves Amara\n"
    assert done.stderr.splitlines()[-1] == "TimeoutError: north gave up"


def test_the_thread_outlives_a_cancellation() -> None:
    """The task that waits is cancelled; the function runs to its end."""
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go_on.wait(LIMIT)
        ended.set()

    async def main() -> None:
        task = asyncio.create_task(asyncio.to_thread(work))
        while not begun.is_set():
            await asyncio.sleep(0.001)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        assert not ended.is_set()
        go_on.set()

    asyncio.run(main())
    assert ended.is_set()


def test_a_connection_belongs_to_the_thread_that_opened_it() -> None:
    """`sqlite3` refuses another thread; opened inside the function it works."""

    def read() -> int:
        with closing(sqlite3.connect(":memory:")) as inside:
            return inside.execute("SELECT 1250").fetchone()[0]

    async def main() -> None:
        refused = pytest.raises(sqlite3.ProgrammingError, match="same thread")
        with closing(sqlite3.connect(":memory:")) as outside, refused:
            await asyncio.to_thread(outside.execute, "SELECT 1250")
        assert await asyncio.to_thread(read) == 1250

    asyncio.run(main())


@pytest.mark.parametrize("in_a_thread", [True, False])
def test_the_loop_goes_on_while_a_thread_computes(in_a_thread: bool) -> None:
    """A till serves three during a computation in a thread, else nobody."""
    served: list[str] = []

    def compute() -> int:
        """Count until all are served, and no further than this."""
        counted, last = 0, 10**8 if in_a_thread else 10**4
        while len(served) < 3 and counted < last:
            counted += 1
        return len(served)

    async def serve() -> None:
        for customer in ("Amara", "Bilal", "Diego"):
            await asyncio.sleep(0)
            served.append(customer)

    async def main() -> int:
        till = asyncio.create_task(serve())
        seen = await asyncio.to_thread(compute) if in_a_thread else compute()
        await till
        return seen

    assert asyncio.run(main()) == (3 if in_a_thread else 0)


def test_a_thread_that_computes_is_asked_for_the_gil_after_milliseconds() -> None:
    """That is how late a turn of the loop may come."""
    assert sys.getswitchinterval() == pytest.approx(0.005)


def test_run_in_executor_awaits_a_pool() -> None:
    """A loop awaits what a pool of ``concurrent.futures`` does."""

    async def main() -> int:
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(max_workers=1) as pool:  # or processes
            return await loop.run_in_executor(pool, sum, (1000, 250))

    assert asyncio.run(main()) == 1250


# Wait inside for and with


def test_async_for_and_with(output: Output) -> None:
    """The two copies take turns at each wait, and both lines are closed."""
    assert output(f"{LESSON}/async_for_and_with").splitlines() == [
        "line open: north",
        "line open: south",
        "north: Night Trains, 1250 c",
        "south: Night Trains, 1250 c",
        "north: Salt Roads, 2200 c",
        "south: Salt Roads, 2200 c",
        "line closed: north",
        "line closed: south",
    ]


def test_the_line_is_closed_after_an_error(
    load: Load, capsys: pytest.CaptureFixture[str]
) -> None:
    """The end of the block closes it, whatever happened inside."""
    line_to = load(f"{LESSON}/async_for_and_with").line_to

    async def main() -> None:
        with pytest.raises(ConnectionError):
            async with line_to("north"):
                raise ConnectionError

    asyncio.run(main())
    assert capsys.readouterr().out.splitlines()[-1] == "line closed: north"


async def offers(log: list[str]) -> AsyncIterator[int]:
    try:
        for cents in (1250, 2200):
            log.append(f"fetch {cents}")
            await asyncio.sleep(0)
            yield cents
    finally:
        log.append("clear up")


def test_async_for_fetches_one_item_after_another() -> None:
    """The second item is not begun before the first was used."""
    log: list[str] = []

    async def main() -> None:
        async for cents in offers(log):
            await asyncio.sleep(0)
            log.append(f"use {cents}")

    asyncio.run(main())
    assert log == ["fetch 1250", "use 1250", "fetch 2200", "use 2200", "clear up"]


def test_async_def_with_yield_is_no_coroutine_function() -> None:
    """Its call gives an async generator, which cannot be awaited."""
    call = offers([])
    assert inspect.isasyncgen(call)
    assert not inspect.iscoroutine(call)
    assert not inspect.iscoroutinefunction(offers)

    async def main() -> None:
        with pytest.raises(TypeError):
            await call

    asyncio.run(main())


def test_leaving_early() -> None:
    """Without aclosing the clearing up is late; with it, the block's end does it."""
    log: list[str] = []

    async def leave() -> None:
        async for _ in offers(log):
            break
        log.append("left")

    async def leave_closing() -> None:
        async with aclosing(offers(log)) as all_offers:
            async for _ in all_offers:
                break
        log.append("left")

    asyncio.run(leave())
    assert log == ["fetch 1250", "left", "clear up"]
    log.clear()
    asyncio.run(leave_closing())
    assert log == ["fetch 1250", "clear up", "left"]


def test_a_class_with_the_methods() -> None:
    """``__aenter__`` and ``__aexit__``, ``__aiter__`` and ``__anext__`` do the same."""
    log: list[str] = []

    class Line:
        def __init__(self) -> None:
            self.left = [1250, 2200]

        async def __aenter__(self) -> "Line":
            log.append("open")
            return self

        async def __aexit__(self, *_: object) -> None:
            log.append("closed")

        def __aiter__(self) -> "Line":
            return self

        async def __anext__(self) -> int:
            if not self.left:
                raise StopAsyncIteration
            return self.left.pop(0)

    async def main() -> None:
        async with Line() as line:
            log.extend([str(cents) async for cents in line])

    asyncio.run(main())
    assert log == ["open", "1250", "2200", "closed"]


def test_the_decorator_makes_a_context_manager() -> None:
    """What asynccontextmanager gives has the two methods."""

    @asynccontextmanager
    async def line() -> AsyncIterator[None]:
        yield

    assert hasattr(line(), "__aenter__")
    assert hasattr(line(), "__aexit__")


# What the loop does all day


def test_turns_of_the_loop(output: Output) -> None:
    """Nothing runs before main suspends; then all in the order they were made."""
    assert output(f"{LESSON}/turns_of_the_loop").splitlines() == [
        "main: nothing has run yet",
        "callback: one",
        "task: first step",
        "callback: two",
        "callback: the answer arrives",
        "callback: ends",
        "task: goes on with 1250",
        "main: the future is done: True",
    ]


def test_a_step_lasts_until_the_task_suspends() -> None:
    """Callbacks run between two steps of a task, never inside one."""
    log: list[str] = []

    async def task() -> None:
        for step in (1, 2):
            log.append(f"step {step} begins")
            await ask()
            log.append(f"step {step} ends")
            await asyncio.sleep(0)

    async def main() -> None:
        loop = asyncio.get_running_loop()
        both = asyncio.create_task(task())
        loop.call_soon(log.append, "callback")
        await both

    asyncio.run(main())
    assert log == [
        *("step 1 begins", "step 1 ends", "callback"),
        *("step 2 begins", "step 2 ends"),
    ]


# Pitfalls


def test_run_inside_run(output: Output) -> None:
    """It works without a loop and fails inside one."""
    lines = output(f"{LESSON}/run_inside_run").splitlines()
    assert lines[0] == "no loop yet: 1250"
    assert lines[-1] == (
        "RuntimeError: asyncio.run() cannot be called from a running event loop"
    )


def test_a_refused_coroutine_is_complained_of() -> None:
    """Without the finally there is a warning that it was never awaited."""
    source = changed("run_inside_run", ("        call.close()\n", "        pass\n"))
    stderr = python("-c", source).stderr
    assert "RuntimeError: asyncio.run() cannot" in stderr
    assert "coroutine 'ask' was never awaited" in stderr


def test_the_cure_is_to_await() -> None:
    """As a coroutine function ``price_of`` works in both places."""
    source = changed(
        "run_inside_run",
        ("def price_of", "async def price_of"),
        ("asyncio.run(call)", "await call"),
        ('"main:", price', '"main:", await price'),
        ('yet:", price_of("north", NIGHT_TRAINS)', 'yet:", 1250'),
    )
    assert python("-c", source).stdout.splitlines()[-1] == "main: 1250"


def test_awaiting_the_function() -> None:
    """Without the brackets there is a TypeError."""

    async def main() -> None:
        with pytest.raises(TypeError, match=r"function.* can't be "):
            await ask

    asyncio.run(main())


def test_a_coroutine_counts_as_true() -> None:
    """The forgotten await raises nothing, and says the opposite."""

    async def is_open() -> bool:
        return False

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert bool(is_open()) is True


def test_no_other_task_runs_between_two_suspending_awaits() -> None:
    """Check and change together: one of many tills sells the copy."""
    left = 1

    async def sell() -> bool:
        nonlocal left
        if left == 0:
            return False
        await ask()
        left -= 1
        return True

    async def main() -> list[bool]:
        return await asyncio.gather(*(sell() for _ in range(100)))

    assert asyncio.run(main()).count(True) == 1
    assert left == 0


# Check yourself, under the hood


def test_driven_by_hand(output: Output) -> None:
    """No loop: send drives the coroutine, StopIteration has its result."""
    assert output(f"{LESSON}/driven_by_hand").splitlines() == [
        "ask north",
        "it hands over: somebody else, please",
        "north answers",
        "price: 1250",
    ]


def test_what_a_task_is_told_to_wait_for() -> None:
    """Out of a sleeping coroutine comes the future on which the task will wait.

    Out of ``sleep(0)`` comes None.
    """

    async def main() -> None:
        call = asyncio.sleep(LIMIT)
        assert isinstance(call.send(None), asyncio.Future)
        call.close()
        turn = asyncio.sleep(0)
        assert turn.send(None) is None
        turn.close()

    asyncio.run(main())


def test_await_refuses_a_plain_generator() -> None:
    """Coroutines have a type of their own: a generator cannot be awaited."""

    def prices() -> Iterator[int]:
        yield 1250

    async def main() -> None:
        with pytest.raises(TypeError):
            await prices()

    asyncio.run(main())
