import asyncio
import contextlib
import io
import time
from collections.abc import Callable, Coroutine
from threading import get_ident as this_thread
from typing import Any

import pytest

import exercise

LOOK = 1e-6  # seconds a look at the clock takes: it never stands still

Call = Coroutine[Any, Any, None]
Play = Callable[[Call], tuple[str, list[int]]]


class Clock:
    """The loop's clock: it jumps to the end of each wait."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.now = 0.0
        self.thread = this_thread()
        self.wait_for_others = loop._selector.select
        loop._selector.select = self.wait
        loop.time = self.time

    def time(self) -> float:
        self.now += LOOK
        return self.now

    def wait(self, seconds: float | None) -> list:
        if seconds is None:  # another thread has to answer
            return self.wait_for_others(None)
        self.go_on(seconds)
        return self.wait_for_others(0)

    def go_on(self, seconds: float) -> None:
        if this_thread() == self.thread:  # another one holds up nobody
            self.now += seconds


class Board(io.StringIO):
    """Notes at which tick of the clock each line was written."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.ticks: list[int] = []

    def write(self, text: str) -> int:
        tick = round(self.clock.now / exercise.TICK)
        self.ticks += [tick] * text.count("\n")
        return super().write(text)


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Play:
    """Run a coroutine: what it printed, and at which ticks."""

    def run(coroutine: Call) -> tuple[str, list[int]]:
        with asyncio.Runner() as runner:
            clock = Clock(runner.get_loop())
            for name, value in list(vars(exercise).items()):
                if value is time.sleep:
                    monkeypatch.setattr(exercise, name, clock.go_on)
            monkeypatch.setattr(time, "sleep", clock.go_on)
            board = Board(clock)
            with contextlib.redirect_stdout(board):
                runner.run(coroutine)
        return ", ".join(board.getvalue().splitlines()), board.ticks

    return run


async def together(*countdowns: tuple[str, int]) -> None:
    await asyncio.gather(*(exercise.countdown(*c) for c in countdowns))


def test_a_countdown_ends_at_one(play: Play):
    printed, _ = play(exercise.countdown("east", 4))
    if printed != "east 4, east 3, east 2, east 1":
        pytest.fail(f"countdown('east', 4) printed: {printed}")


def test_main_alternates_strictly(play: Play):
    printed, _ = play(exercise.main())
    north_first = "north 3, south 3, north 2, south 2, north 1, south 1"
    if printed != north_first:
        pytest.fail(f"main() printed: {printed}")


def test_three_countdowns_take_turns(play: Play):
    printed, _ = play(together(("north", 2), ("south", 2), ("east", 2)))
    if printed != "north 2, south 2, east 2, north 1, south 1, east 1":
        pytest.fail(f"three at once printed: {printed}")


def test_the_longer_one_goes_on_alone(play: Play):
    printed, _ = play(together(("north", 3), ("south", 1)))
    if printed != "north 3, south 1, north 2, north 1":
        pytest.fail(f"3 beside 1 printed: {printed}")


def test_a_number_stands_for_a_tick(play: Play):
    _, ticks = play(together(("north", 3), ("south", 3)))
    if ticks != [0, 0, 1, 1, 2, 2]:
        pytest.fail(f"two at once printed at the ticks {ticks}")
