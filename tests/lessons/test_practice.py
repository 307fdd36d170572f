"""The claims of the three pages of practice, docs/concurrency/practice_*.md."""

import asyncio
import contextlib
import gc
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

SNIPPETS = Path(__file__).parents[2] / "snippets"
ASK = "concurrency/practice_ask"
POLITE = "concurrency/practice_polite"
STOP = "concurrency/practice_stop"

Output = Callable[[str], str]
Load = Callable[[str], ModuleType]


def text(path: str) -> str:
    """A snippet's source."""
    return (SNIPPETS / path).read_text("utf-8")


def changed(path: str, *changes: tuple[str, str]) -> str:
    """A snippet's source, changed as a "try this" tells the reader to."""
    source = text(path)
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    return source


@pytest.fixture
def sweep_of(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], ModuleType]:
    """The module of a folder example that holds the solution."""

    def module(folder: str) -> ModuleType:
        return load(f"{folder}/sweep.py")

    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return module


@pytest.fixture
def clock_for(load: Load, monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """A clock that jumps, with time limits, for a module of the watcher."""

    def clock(module: ModuleType) -> object:
        monkeypatch.setitem(sys.modules, "sweep", module)
        return load(f"{STOP}/watcher/jumping.py").JumpingClock()

    return clock


# Practice 1: ask many suppliers at once


def test_one_group_loses_every_price(output: Output) -> None:
    """Three errors of 24 questions, all asked at once, and no price is left."""
    printed = output(f"{ASK}/a_task_for_each")
    assert printed.count("has no 9780000000033") == 3
    assert "questions at the same time: 24\nprices noted: 0\n" in printed


def test_the_producer_runs_ahead(output: Output) -> None:
    """Without a limit it reads everything; with room for four, six lines."""
    assert output(f"{ASK}/producer_runs_ahead") == (
        "room 0: 1000 lines read, 999 jobs in the queue\n"
        "room 4: 6 lines read, 4 jobs in the queue\n"
    )


def test_three_workers_let_it_read_eight(capsys: pytest.CaptureFixture[str]) -> None:
    """Try this: with three workers the producer stops after eight lines."""
    source = changed(
        f"{ASK}/producer_runs_ahead.py",
        (
            "worker = group.create_task(first_job(queue, began))",
            "crew = [group.create_task(first_job(queue, began)) for _ in range(3)]",
        ),
        ("            worker.cancel()\n", "            [w.cancel() for w in crew]\n"),
    )
    exec(source, {"__name__": "__main__"})
    assert "room 4: 8 lines read, 4 jobs" in capsys.readouterr().out


def test_the_watcher_is_the_solution() -> None:
    """What the page walks through is the exercise's solution."""
    assert text(f"{ASK}/watcher/sweep.py") == text(f"{ASK}/exercise/solution.py")


def test_prices_come_before_errors_and_both_are_sorted(output: Output) -> None:
    """The report has all six answers, the error last."""
    lines = output(f"{ASK}/watcher").splitlines()
    assert len(lines) == 6
    assert lines[:5] == sorted(lines[:5])
    assert lines[5].endswith("LookupError: south has no such book")


def test_a_producer_waits_for_a_place() -> None:
    """In the timeline east waits for a place in the queue."""
    timeline = text(f"{ASK}/watcher.timeline")
    assert "produce east | begins; waits for a place in queue" in timeline


def test_join_on_an_empty_queue_returns_at_once() -> None:
    """So the producers must have ended before."""

    async def main() -> None:
        await asyncio.Queue().join()

    asyncio.run(main())


def test_a_queue_without_a_limit_never_makes_put_wait() -> None:
    """So nobody else gets a turn while it is filled."""
    turns = []

    async def other() -> None:
        turns.append("other")

    async def main() -> None:
        queue: asyncio.Queue[int] = asyncio.Queue()
        task = asyncio.create_task(other())
        for number in range(1000):
            await queue.put(number)
        assert turns == []
        await task

    asyncio.run(main())


def test_shutdown_is_new() -> None:
    """Queue.shutdown exists from Python 3.13 on."""
    assert hasattr(asyncio.Queue, "shutdown") == (sys.version_info >= (3, 13))


def test_a_cancelled_sweep_waits_for_its_tasks(sweep_of) -> None:
    """When it is cancelled, producers and workers are gone before it ends."""
    sweep = sweep_of(f"{ASK}/watcher").sweep
    asked = []

    async def ask(supplier: str, isbn: str) -> int:
        asked.append(isbn)
        await asyncio.Event().wait()

    async def main() -> None:
        books = {"north": ["1", "2", "3", "4", "5"]}
        task = asyncio.create_task(sweep(books, ask, workers=2, room=1))
        while len(asked) < 2:
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(main())


def hanging_up_fails(module: object, lesson: str) -> tuple[bool, list[str]]:
    """Whether a sweep ends that is cancelled at its first question; what it asks."""
    asked = []

    async def ask(supplier: str, isbn: str) -> int:
        asked.append(isbn)
        try:
            await asyncio.Event().wait()
        finally:
            raise ConnectionResetError("the line is down")

    async def main() -> tuple[bool, list[str]]:
        books = {"north": ["1", "2", "3"]}
        if lesson == ASK:
            swept = module.sweep(books, ask, workers=1, room=9)
        else:
            limits = module.Limits(workers=1, pause=0.0, back_off=0.0)
            more = [module.Report(), print] if lesson == STOP else []
            swept = module.sweep(books, ask, limits, module.Clock(), *more)
        task = asyncio.create_task(swept)
        while not asked:
            await asyncio.sleep(0)
        task.cancel()
        for _ in range(100):
            await asyncio.sleep(0)
        seen = task.cancelled(), asked.copy()
        while left := asyncio.all_tasks() - {asyncio.current_task()}:
            for faulty in left:  # else it would hang here
                faulty.cancel()
            await asyncio.sleep(0)
        return seen

    return asyncio.run(main())


@pytest.mark.parametrize("lesson", [ASK, POLITE, STOP])
def test_an_error_while_hanging_up_swallows_no_cancellation(
    sweep_of, lesson: str
) -> None:
    """No further question is asked."""
    module = sweep_of(f"{lesson}/watcher")
    assert hanging_up_fails(module, lesson) == (True, ["1"])


@pytest.mark.parametrize(
    ("lesson", "change", "asked"),
    [
        (ASK, ("not me.cancelling()", "True"), ["1", "2"]),
        (STOP, ("not me.cancelling()", "True"), ["1", "2"]),
        (POLITE, ("current_task().cancelling()", "current_task() is None"), ["1", "1"]),
        (STOP, ("current_task().cancelling()", "current_task() is None"), ["1", "1"]),
    ],
)
def test_the_error_takes_the_place_of_the_cancellation(
    lesson: str, change: tuple[str, str], asked: list[str]
) -> None:
    """Whoever does not ask `cancelling()` goes on asking."""
    names = {"__name__": "sweep"}
    exec(changed(f"{lesson}/watcher/sweep.py", change), names)
    assert hanging_up_fails(SimpleNamespace(**names), lesson) == (False, asked)


def test_join_returns_at_once_when_all_that_was_put_in_is_done() -> None:
    """Though the producer has more to come."""

    async def main() -> None:
        queue: asyncio.Queue[int] = asyncio.Queue()
        await queue.put(await queue.join() or 1)
        joined = asyncio.create_task(queue.join())
        await asyncio.sleep(0)
        assert not joined.done()
        queue.get_nowait()
        await asyncio.sleep(0)
        assert queue.empty()
        assert not joined.done()
        queue.task_done()
        await queue.join()
        await joined

    asyncio.run(main())


def test_a_question_that_is_cancelled_by_others_ends_its_worker(sweep_of) -> None:
    """Under the hood: `join` waits for ever; an error of its own is kept."""
    sweep = sweep_of(f"{ASK}/watcher").sweep

    async def others() -> int:
        raise asyncio.CancelledError

    async def ask(supplier: str, isbn: str) -> int:
        return await asyncio.create_task(others())

    async def ask_and_say(supplier: str, isbn: str) -> int:
        question = asyncio.create_task(others())
        await asyncio.wait([question])
        if question.cancelled():
            raise LookupError("somebody has cancelled it")
        return question.result()

    async def main() -> None:
        books = {"north": ["1", "2", "3", "4"]}
        task = asyncio.create_task(sweep(books, ask, workers=2, room=9))
        for _ in range(100):
            await asyncio.sleep(0)
        assert len(asyncio.all_tasks()) == 2, "main and sweep, and no worker"
        assert not task.done()
        task.cancel()
        await asyncio.wait([task])
        report = await sweep(books, ask_and_say, workers=2, room=9)
        assert len(report.errors) == 4

    asyncio.run(main())


def test_only_the_limit_of_the_whole_ends_that_waiting(sweep_of, clock_for) -> None:
    """Under the hood: the limit for one answer has passed by then."""
    module = sweep_of(f"{POLITE}/watcher")
    clock = clock_for(module)

    async def others() -> int:
        raise asyncio.CancelledError

    async def ask(supplier: str, isbn: str) -> int:
        return await asyncio.create_task(others())

    async def main() -> None:
        books = {"north": ["1", "2", "3", "4"]}
        limits = module.Limits(workers=2, pause=0.0, answer=5.0, whole=60.0)
        report = await module.sweep(books, ask, limits, clock)
        assert clock.now() == 60
        assert not report.complete
        assert report.left == {("north", isbn) for isbn in books["north"]}

    asyncio.run(main())


# Practice 2: limits, retries, time limits


def test_each_page_begins_with_the_milestone_before() -> None:
    """The program so far is the solution of the milestone before."""
    so_far = text(f"{POLITE}/watcher_so_far/sweep.py")
    assert so_far == text(f"{ASK}/exercise/solution.py")
    assert text(f"{POLITE}/watcher/sweep.py") == text(f"{POLITE}/exercise/solution.py")


def test_the_worker_has_not_changed() -> None:
    """Queue and workers of the second milestone need not know of the limits."""
    first, second = (text(f"{lesson}/exercise/solution.py") for lesson in (ASK, POLITE))
    worker = first[first.index("async def work(") :]
    assert second.endswith(worker)


def test_three_prices_of_nine_are_missing(output: Output) -> None:
    """Refused or cut off, and the sweep without answers does not end."""
    lines = output(f"{POLITE}/watcher_so_far").splitlines()
    assert len(lines) == 10
    assert sum("ConnectionError" in line for line in lines) == 3
    assert lines[-1].endswith("ends by itself: False")


def test_two_questions_in_one_second(output: Output) -> None:
    """Read, wait, move: two tasks get the same turn."""
    assert output(f"{POLITE}/two_turns_in_one") == (
        "at 0 s: Night Trains\nat 1 s: Salt Roads\nat 1 s: The Tide Clock\n"
    )


def test_a_turn_moved_before_the_sleep_is_taken_once(
    load: Load, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the last line above the sleep, the third question is at second 2."""
    folder = f"{POLITE}/two_turns_in_one"
    monkeypatch.setitem(sys.modules, "jumping", load(f"{folder}/jumping.py"))
    sleep = "        await self.clock.sleep(turn - now)\n"
    move = "        self.next_turn = turn + PAUSE\n"
    source = changed(f"{folder}/main.py", (sleep + move, move + sleep))
    exec(source, {"__name__": "__main__"})
    assert "at 2 s: The Tide Clock\n" in capsys.readouterr().out


def test_reserved_times_that_are_late_are_taken_together(
    load: Load, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So changed, two questions start together when the loop was held up."""
    folder = f"{POLITE}/two_turns_in_one"
    jumping = load(f"{folder}/jumping.py")
    monkeypatch.setitem(sys.modules, "jumping", jumping)
    monkeypatch.setattr(jumping, "JumpingClock", held_up(jumping.JumpingClock))
    sleep = "        await self.clock.sleep(turn - now)\n"
    move = "        self.next_turn = turn + PAUSE\n"
    source = changed(f"{folder}/main.py", (sleep + move, move + sleep))
    exec(source, {"__name__": "__main__"})
    assert capsys.readouterr().out.count("at 3 s: ") == 2


def held_up(clock: type) -> type:
    """A clock on which whoever wakes at second 1 finds that it is second 3."""

    class HeldUp(clock):
        async def sleep(self, seconds: float) -> None:
            await super().sleep(seconds)
            if self.time == 1:
                self.time = 3.0

    return HeldUp


@pytest.mark.parametrize("lesson", [POLITE, STOP])
def test_the_pause_is_kept_also_by_those_who_are_late(
    sweep_of, clock_for, lesson: str
) -> None:
    """Whoever wakes beside another sees the later time, and sleeps again."""
    module = sweep_of(f"{lesson}/watcher")
    clock = held_up(type(clock_for(module)))()
    began = []

    async def ask(supplier: str, isbn: str) -> int:
        began.append(clock.now())
        return 1250

    async def main() -> None:
        polite = module.Polite(ask, module.Limits(at_once=9, pause=1.0), clock)
        await asyncio.gather(*(polite.ask("north", isbn) for isbn in "1234"))

    asyncio.run(main())
    assert began == [0, 3, 4, 5]


def test_a_place_is_given_back_before_the_next_try() -> None:
    """Work 4 asks south while work 3 sleeps before its second try."""
    lines = text(f"{POLITE}/watcher.timeline").splitlines()
    asks = next(
        n
        for n, line in enumerate(lines)
        if "work 4" in line and "south: sleeps" in line
    )
    first, again = [
        n
        for n, line in enumerate(lines)
        if "work 3" in line and "south: sleeps" in line
    ]
    assert first < asks < again
    assert any("work 2" in line and "place of semaphore 1" in line for line in lines)
    assert any("work 4" in line and "place of semaphore 2" in line for line in lines)


def test_the_time_limit_of_the_whole_takes_no_error_of_a_question(sweep_of) -> None:
    """A TimeoutError of a question is in the report; the sweep is complete."""
    module = sweep_of(f"{POLITE}/watcher")

    async def ask(supplier: str, isbn: str) -> int:
        raise TimeoutError("no answer")

    limits = module.Limits(pause=0.0, back_off=0.0)
    report = asyncio.run(
        module.sweep({"north": ["1", "2"]}, ask, limits, module.Clock())
    )
    assert report.complete
    assert {type(error) for error in report.errors.values()} == {TimeoutError}


def test_a_broken_catalogue_is_not_taken_for_the_end_of_the_time(sweep_of) -> None:
    """Its TimeoutError is in a group, which `except` lets pass."""
    module = sweep_of(f"{POLITE}/watcher")

    async def ask(supplier: str, isbn: str) -> int:
        return 1250

    def catalogue() -> Iterator[str]:
        yield "1"
        raise TimeoutError("the list server is silent")

    books = {"north": catalogue()}
    swept = module.sweep(books, ask, module.Limits(), module.Clock())
    with pytest.raises(ExceptionGroup) as caught:
        asyncio.run(swept)
    assert caught.group_contains(TimeoutError, match="list server")


def test_suppress_looks_into_groups_from_3_12_on() -> None:
    """There it would take the error of a catalogue as well."""
    swallowed = False
    try:
        with contextlib.suppress(TimeoutError):
            raise ExceptionGroup("of a task group", [TimeoutError("list server")])
        swallowed = True
    except ExceptionGroup:
        pass
    assert swallowed == (sys.version_info >= (3, 12))


@pytest.mark.parametrize("apart", [False, True])
def test_a_queue_for_each_supplier(sweep_of, apart: bool) -> None:
    """A silent supplier holds the others up, unless each has its own workers."""
    module = sweep_of(f"{POLITE}/watcher")
    silence = asyncio.Event()

    async def ask(supplier: str, isbn: str) -> int:
        if supplier == "south":
            await silence.wait()
        return 1250

    async def main() -> None:
        books = {"south": ["1", "2", "3"], "north": ["1", "2", "3"]}
        limits = module.Limits(workers=2, at_once=1, pause=0.0)
        polite = module.Polite(ask, limits, module.Clock())
        report = module.Report()
        async with asyncio.TaskGroup() as group:
            parts = [{name: isbns} for name, isbns in books.items()]
            for part in parts if apart else [books]:
                group.create_task(module.answer_all(part, polite.ask, limits, report))
            for _ in range(1000):
                await asyncio.sleep(0)
            asked = {supplier for supplier, _ in report.prices}
            assert asked == ({"north"} if apart else set())
            silence.set()
        assert len(report.prices) == 6

    asyncio.run(main())


def test_the_jumping_clock_can_be_cancelled(load: Load) -> None:
    """A sleep that is cancelled leaves no alarm behind."""

    async def main() -> None:
        clock = load(f"{POLITE}/two_turns_in_one/jumping.py").JumpingClock()
        sleeper = asyncio.create_task(clock.sleep(5))
        await asyncio.sleep(0)
        sleeper.cancel()
        await asyncio.wait([sleeper])
        await clock.sleep(7)
        assert clock.now() == 7

    asyncio.run(main())


def test_the_jumping_clock_does_not_see_a_thread(load: Load) -> None:
    """Under the hood: it jumps while the thread still works."""
    may_end = threading.Event()

    async def main() -> None:
        clock = load(f"{POLITE}/two_turns_in_one/jumping.py").JumpingClock()
        thread = asyncio.create_task(asyncio.to_thread(may_end.wait))
        await clock.sleep(60)
        assert clock.now() == 60
        assert not thread.done()
        may_end.set()
        await thread

    asyncio.run(main())


# Practice 3: progress and a clean stop


@pytest.fixture
def in_a_terminal() -> Iterator[None]:
    """SIGINT raises KeyboardInterrupt, however the tests were started."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_the_third_page_begins_with_the_second_milestone() -> None:
    """What is shown is the solution before, and the walk is through the new one."""
    so_far = text(f"{STOP}/watcher_so_far/sweep.py")
    assert so_far == text(f"{POLITE}/exercise/solution.py")
    assert text(f"{STOP}/watcher/sweep.py") == text(f"{STOP}/exercise/solution.py")


def test_the_worker_is_still_the_same() -> None:
    """The worker of the first page ends the program of the third."""
    first = text(f"{ASK}/exercise/solution.py")
    worker = first[first.index("async def work(") :]
    assert text(f"{STOP}/exercise/solution.py").endswith(worker)


def test_ctrl_c_is_a_traceback_so_far(output: Output) -> None:
    """No line of the report, only the traceback."""
    printed = output(f"{STOP}/watcher_so_far")
    assert printed.startswith("Traceback")
    assert printed.endswith("KeyboardInterrupt\n")
    assert "1250" not in printed


def test_six_questions_had_been_answered(
    load: Load, monkeypatch: pytest.MonkeyPatch, in_a_terminal: None
) -> None:
    """Their prices were there when Ctrl-C came."""
    folder = f"{STOP}/watcher_so_far"
    monkeypatch.setitem(sys.modules, "sweep", load(f"{folder}/sweep.py"))
    module = load(f"{folder}/main.py")
    prices = []

    class Desk(module.Desk):
        async def ask(self, supplier: str, isbn: str) -> int:
            price = await super().ask(supplier, isbn)
            prices.append((price, self.asked))
            return price

    monkeypatch.setattr(module, "Desk", Desk)
    with pytest.raises(KeyboardInterrupt):
        module.main()
    assert len([1 for _, asked in prices if asked < module.CTRL_C_AT]) == 6


def test_ctrl_c_cancels_and_then_raises(output: Output) -> None:
    """The main task is cancelled, ends, and KeyboardInterrupt comes after it."""
    assert output(f"{STOP}/what_ctrl_c_does") == (
        "the main task is cancelled\n"
        "it hangs up\n"
        "after asyncio.run: KeyboardInterrupt\n"
        "what is there: [1250]\n"
    )


def test_without_raise_nobody_hears_of_it(
    capsys: pytest.CaptureFixture[str], in_a_terminal: None
) -> None:
    """Try this: the line with KeyboardInterrupt is missing."""
    source = changed(f"{STOP}/what_ctrl_c_does.py", ("        raise\n", ""))
    exec(source, {"__name__": "__main__"})
    assert capsys.readouterr().out == (
        "the main task is cancelled\nit hangs up\nwhat is there: [1250]\n"
    )


def test_a_second_ctrl_c_raises_at_once(in_a_terminal: None) -> None:
    """The first waits for the clean-up, the second does not."""
    seen = []

    async def main() -> None:
        signal.raise_signal(signal.SIGINT)
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            seen.append("first")
            try:
                signal.raise_signal(signal.SIGINT)
                seen.append("never")
            except KeyboardInterrupt:
                seen.append("second")
                raise

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(main())
    assert seen == ["first", "second"]


def test_the_watcher_stops_cleanly(output: Output) -> None:
    """Progress, Ctrl-C, no call in flight, and a line for each job."""
    lines = output(f"{STOP}/watcher").splitlines()
    assert lines[0].startswith("prices ")
    assert lines[1].startswith("prices ")
    assert lines[2] == "^C, calls in flight: 2"
    assert lines[-1] == "calls in flight: 0"
    assert lines[-2] == "east catalogue ValueError: no more pages"
    jobs = lines[3:-2]
    answered = [line for line in jobs if line[-4:].isdigit()]
    unanswered = [line for line in jobs if line.endswith("no answer")]
    assert len(answered) + len(unanswered) == len(jobs) == 4 + 4 + 1
    assert "exit = 130" in text(f"{STOP}/examples.toml")


@pytest.mark.skipif(os.name == "nt", reason="signals are ignored in another way")
def test_ignored_sigint_stays_ignored() -> None:
    """Where SIGINT is ignored, neither Python nor asyncio.run changes that."""
    source = (
        "import asyncio, signal\n"
        "async def main():\n"
        "    signal.raise_signal(signal.SIGINT)\n"
        "    await asyncio.sleep(0)\n"
        "    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN\n"
        "print(asyncio.run(main()))\n"
    )
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # a child inherits it
    try:
        done = subprocess.run(
            [sys.executable, "-c", source], capture_output=True, text=True, check=True
        )
    finally:
        signal.signal(signal.SIGINT, before)
    assert done.stdout == "True\n"


def watch_stopped(module: ModuleType, lines: list[str]) -> int:
    """A watch in which Ctrl-C comes, and again while the call hangs up."""

    async def ask(supplier: str, isbn: str) -> int:
        if isbn == "1":
            return 1250
        try:
            signal.raise_signal(signal.SIGINT)
            await asyncio.Event().wait()
        finally:
            signal.raise_signal(signal.SIGINT)
        return 0

    books = {"north": ["1", "2", "3"]}
    limits = module.Limits(workers=1, pause=0.0)
    return module.watch(books, ask, limits, module.Clock(), lines.append)


def test_the_report_outlives_a_second_ctrl_c(sweep_of, in_a_terminal: None) -> None:
    """The clean-up is cut short, and the report is said."""
    lines: list[str] = []
    assert watch_stopped(sweep_of(f"{STOP}/watcher"), lines) == 130
    assert lines == ["north 1 1250", "north 2 no answer", "north 3 no answer"]
    gc.collect()  # its tasks, so that what asyncio logs of them is captured here


@pytest.mark.skipif(os.name == "nt", reason="no signal handlers in the loop")
def test_sigterm_ends_in_a_cancellation() -> None:
    """Under the hood: `asyncio.run` raises CancelledError after SIGTERM."""

    async def main() -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        loop.add_signal_handler(signal.SIGTERM, task.cancel)
        signal.raise_signal(signal.SIGTERM)
        await asyncio.Event().wait()

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(main())
    assert signal.SIGTERM == 15


def sleeps(process: int) -> bool:
    """Whether a process waits, as a shell does for its program."""
    ps = ["ps", "-o", "state=", "-p", str(process)]
    return subprocess.check_output(ps, text=True).startswith("S")


@pytest.mark.skipif(
    not (shutil.which("bash") and shutil.which("ps")), reason="needs bash and ps"
)
@pytest.mark.parametrize(("by_signal", "rounds"), [(False, 2), (True, 1)])
def test_a_script_goes_on_after_130(by_signal: bool, rounds: int) -> None:
    """Under the hood: only a program ended by the signal ends the loop."""
    program = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "try:\n"
        "    print('round', flush=True)\n"
        "    if sys.argv[1] == '1':\n"
        "        while True:\n"
        "            time.sleep(0.01)\n"  # pause() can miss the signal before it
        "except KeyboardInterrupt:\n"
        "    if sys.argv[2] == 'False':\n"
        "        sys.exit(130)\n"
        "    signal.signal(signal.SIGINT, signal.SIG_DFL)\n"
        "    signal.raise_signal(signal.SIGINT)\n"
    )
    script = 'for n in 1 2; do "$0" -c "$1" $n $2; done'
    command = ["bash", "-c", script, sys.executable, program, str(by_signal)]
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)  # a child inherits it
    try:
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, start_new_session=True
        ) as shell:
            said = [shell.stdout.readline()]
            while not sleeps(shell.pid):  # before it waits, Ctrl-C would end it
                pass
            os.killpg(shell.pid, signal.SIGINT)
            said += shell.stdout.readlines()
    finally:
        signal.signal(signal.SIGINT, before)
    assert said == ["round\n"] * rounds


def test_an_error_of_say_is_not_taken_for_the_end_of_the_time(sweep_of) -> None:
    """It comes out of `watch`, though it is a TimeoutError."""
    module = sweep_of(f"{STOP}/watcher")

    def say(line: str) -> None:
        raise TimeoutError("the terminal is gone")

    async def ask(supplier: str, isbn: str) -> int:
        return await asyncio.Event().wait()

    limits = module.Limits(every=0.0)
    with pytest.raises(ExceptionGroup) as caught:
        module.watch({"north": ["1"]}, ask, limits, module.Clock(), say)
    assert caught.group_contains(TimeoutError, match="terminal")


# What to take along


class Library:
    """A library that blocks, and counts the calls in it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.may_end = threading.Event()
        self.in_flight = self.peak = 0

    def price(self, limit: float = 30.0) -> int:
        with self.lock:
            self.in_flight += 1
            self.peak = max(self.peak, self.in_flight)
            if self.in_flight == 2:
                self.may_end.set()
        in_time = self.may_end.wait(limit)
        with self.lock:
            self.in_flight -= 1
        if not in_time:
            raise TimeoutError("the library's own limit")
        return 1250


def test_a_time_limit_does_not_end_a_call_in_a_thread(sweep_of) -> None:
    """The place is given back, and a second call begins beside the first."""
    module, library = sweep_of(f"{STOP}/watcher"), Library()

    async def ask(supplier: str, isbn: str) -> int:
        return await asyncio.to_thread(library.price)

    # As many tries as it takes until two calls have met in the library.
    limits = module.Limits(
        at_once=1, pause=0.0, answer=0.01, tries=3000, back_off=0.0, whole=30.0
    )
    watched = module.watch({"north": ["1"]}, ask, limits, module.Clock(), [].append)
    assert watched == 0
    assert library.peak >= 2


def test_ctrl_c_does_not_end_a_call_in_a_thread(sweep_of) -> None:
    """The cancellation ends the sweep, and the call is still there."""
    module, library = sweep_of(f"{STOP}/watcher"), Library()
    inside = asyncio.Event()
    returned: list[int] = []
    cancelled = []

    async def main() -> None:
        loop = asyncio.get_running_loop()

        def price() -> int:
            loop.call_soon_threadsafe(inside.set)
            returned.append(library.price())
            return returned[0]

        async def ask(supplier: str, isbn: str) -> int:
            return await asyncio.to_thread(price)

        limits = module.Limits(answer=60.0)
        report = module.Report()
        task = asyncio.create_task(
            module.sweep({"north": ["1"]}, ask, limits, module.Clock(), report, print)
        )
        await inside.wait()
        task.cancel()
        await asyncio.wait([task])
        cancelled.append((task.cancelled(), returned.copy()))
        library.may_end.set()

    asyncio.run(main())
    assert cancelled == [(True, [])]
    assert returned == [1250]


def test_the_librarys_own_limit_keeps_the_place(sweep_of) -> None:
    """A call has ended before the next one begins."""
    module, library = sweep_of(f"{STOP}/watcher"), Library()

    async def ask(supplier: str, isbn: str) -> int:
        return await asyncio.to_thread(library.price, limit=0.01)

    limits = module.Limits(at_once=1, pause=0.0, answer=60.0, back_off=0.0)
    lines: list[str] = []
    module.watch({"north": ["1"]}, ask, limits, module.Clock(), lines.append)
    assert lines == ["north 1 TimeoutError: the library's own limit"]
    assert library.peak == 1


# Ask over HTTP


def test_an_ask_over_http(output: Output) -> None:
    """A price, a final error, and two that are worth another try."""
    assert output(f"{STOP}/over_http") == (
        "north 9780000000064 1250\n"
        "north 9780000000033 ClientResponseError\n"
        "east 9780000000064 ConnectionError\n"
        "south 9780000000064 ConnectionError\n"
    )


def test_errors_of_aiohttp_are_no_errors_of_python() -> None:
    """The watcher would not ask again after one of them."""
    assert not issubclass(aiohttp.ClientConnectorError, ConnectionError)
    assert not issubclass(aiohttp.ServerDisconnectedError, ConnectionError)
    assert not issubclass(aiohttp.ClientPayloadError, ConnectionError)
    assert not issubclass(aiohttp.ClientResponseError, ConnectionError)


def session_to(server: TestServer) -> aiohttp.ClientSession:
    """A session for the server that has been started."""
    return aiohttp.ClientSession(server.make_url("/"))


def test_the_watcher_works_over_http(load: Load, sweep_of) -> None:
    """With nothing but another `ask`: one try for 404, three for the others."""
    web_module, module = load(f"{STOP}/over_http.py"), sweep_of(f"{STOP}/watcher")
    tries: Counter[tuple[str, str]] = Counter()

    async def price(request: web.Request) -> web.Response:
        tries[request.match_info["supplier"], request.match_info["isbn"]] += 1
        return await web_module.price(request)

    async def main() -> None:
        app = web.Application()
        app.router.add_get("/price/{supplier}/{isbn}", price)
        report = module.Report()
        limits = module.Limits(pause=0.0, back_off=0.0)
        books = {
            "north": ["9780000000064", "9780000000033"],
            "east": ["9780000000064"],
            "south": ["9780000000064"],
        }
        async with TestServer(app) as server, session_to(server) as session:
            ask = web_module.Suppliers(session).ask
            clock = module.Clock()
            await module.sweep(books, ask, limits, clock, report, print)
        assert report.complete
        assert report.prices == {("north", "9780000000064"): 1250}
        assert len(report.errors) == 3

    asyncio.run(main())
    assert tries["north", "9780000000033"] == 1
    assert tries["east", "9780000000064"] == 3
    assert tries["south", "9780000000064"] >= 3  # aiohttp repeats some by itself
