"""The claims of the three pages of practice, docs/concurrency/practice_*.md."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

SNIPPETS = Path(__file__).parents[2] / "snippets"
ASK = "concurrency/practice_ask"

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
