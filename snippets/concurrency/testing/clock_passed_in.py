import asyncio
import time
from collections.abc import Awaitable, Callable
from unittest.mock import AsyncMock

import pytest

CLOSED = ConnectionError("south is closed")
LIMIT = 10.0  # seconds


class Clock:
    time = staticmethod(time.monotonic)
    sleep = staticmethod(asyncio.sleep)


async def ask_again(
    ask: Callable[[], Awaitable[int]], clock: Clock
) -> int:
    """Ask until there is an answer; pause for 1, 2, 4, … seconds."""
    end = clock.time() + LIMIT
    pause = 1.0
    while True:
        try:
            return await ask()
        except ConnectionError:
            if clock.time() + pause > end:
                raise
        await clock.sleep(pause)
        pause *= 2


class HandClock(Clock):
    """Stands still, and moves on when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def time(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_the_third_answer_counts() -> None:
    ask = AsyncMock(side_effect=[CLOSED, CLOSED, 1200])
    clock = HandClock()
    assert asyncio.run(ask_again(ask, clock)) == 1200
    assert clock.now == 1 + 2


def test_it_gives_up_within_the_limit() -> None:
    ask = AsyncMock(side_effect=CLOSED)
    clock = HandClock()
    with pytest.raises(ConnectionError):
        asyncio.run(ask_again(ask, clock))
    assert ask.await_count == 4
    assert clock.now == 1 + 2 + 4
