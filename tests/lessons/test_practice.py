"""The claims of the three pages of practice, docs/concurrency/practice_*.md."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

SNIPPETS = Path(__file__).parents[2] / "snippets"
ASK = "concurrency/practice_ask"
POLITE = "concurrency/practice_polite"

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


# Practice 1: ask many suppliers at once


def test_one_group_loses_every_price(output: Output) -> None:
    """Three errors of 24 questions, all asked at once, and no price is left."""
    printed = output(f"{ASK}/a_task_for_each")
    assert printed.count("has no 9780000000033") == 3
    assert "questions at the same time: 24\nprices noted: 0\n" in printed


def test_the_producer_runs_ahead(output: Output) -> None:
    """Without a limit it reads everything; with room for four, six lines."""
    assert output(f"{ASK}/producer_runs_ahead") == (
        "room 0: 100000 lines read, 99999 jobs in the queue\n"
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


def test_a_place_is_given_back_before_the_next_try() -> None:
    """Work 4 asks south while work 3 sleeps before its second try."""
    lines = text(f"{POLITE}/watcher.timeline").splitlines()
    asks = next(
        n
        for n, line in enumerate(lines)
        if "work 4" in line and "south: sleeps" in line
    )
    again = next(
        n
        for n, line in enumerate(lines)
        if "work 3" in line and "south: sleeps" in line
    )
    assert asks < again
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
