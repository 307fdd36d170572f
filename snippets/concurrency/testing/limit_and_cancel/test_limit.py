import asyncio

import pytest
from desk import price_or_none

NIGHT_TRAINS = "9780000000064"
LONG = 3600.0  # seconds; no test waits for it


class Silent:
    """A supplier that never answers, and tells how the call went."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.hung_up = False

    async def ask(self, supplier: str, isbn: str) -> int:
        self.asked.set()
        try:
            return await asyncio.Future()
        finally:
            self.hung_up = True


@pytest.fixture
async def silent() -> Silent:
    return Silent()


async def test_a_limit_gives_none(silent: Silent) -> None:
    price = await price_or_none(silent.ask, "east", NIGHT_TRAINS, 0)
    assert price is None
    assert silent.hung_up


async def test_cancelling_is_no_timeout(silent: Silent) -> None:
    call = asyncio.create_task(
        price_or_none(silent.ask, "east", NIGHT_TRAINS, LONG)
    )
    await silent.asked.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert silent.hung_up
