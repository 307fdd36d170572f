import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from threading import get_ident as this_thread
from typing import Any
from unittest.mock import Mock

import pytest

import exercise

HOUR = 3600.0  # seconds a blocking sleep takes, by the loop's clock
MINUTE = 60.0  # seconds from which debug mode calls a step slow

Play = Callable[[Coroutine[Any, Any, None]], tuple[str, int]]


@pytest.fixture
def play(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Play:
    """Run a coroutine in debug mode: what it printed, and slow steps.

    A blocking sleep takes no time, but puts the loop's clock forward.
    """
    sleepers: list[int] = []  # a sleep in another thread does no harm
    blocking_sleep = Mock(
        side_effect=lambda _: sleepers.append(this_thread())
    )
    reports = Mock()
    for name, value in list(vars(exercise).items()):
        if value is time.sleep:
            monkeypatch.setattr(exercise, name, blocking_sleep)
    monkeypatch.setattr(time, "sleep", blocking_sleep)
    monkeypatch.setattr(
        logging.getLogger("asyncio"), "warning", reports
    )

    def clock() -> float:
        return time.monotonic() + HOUR * sleepers.count(this_thread())

    def run(coroutine: Coroutine[Any, Any, None]) -> tuple[str, int]:
        with asyncio.Runner(debug=True) as runner:
            loop = runner.get_loop()
            loop.time = clock
            loop.slow_callback_duration = MINUTE
            runner.run(coroutine)
        messages = [
            str(call.args[0]) for call in reports.call_args_list
        ]
        slow = sum(text.startswith("Executing") for text in messages)
        return ", ".join(capsys.readouterr().out.splitlines()), slow

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


def test_debug_mode_reports_no_slow_step(play: Play):
    _, slow = play(exercise.main())
    if slow:
        pytest.fail(f"slow steps reported by debug mode: {slow}")
