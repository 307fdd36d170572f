import asyncio
from collections.abc import AsyncIterator

import pytest

PRICES = {"north": 1250, "south": 1200, "east": 1325}
NIGHT_TRAINS = "9780000000064"


class Desk:
    def __init__(self) -> None:
        self.is_open = False

    async def ask(self, supplier: str, isbn: str) -> int:
        await asyncio.sleep(0)
        if not self.is_open:
            raise ConnectionError("the desk is closed")
        return PRICES[supplier]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = Desk()
    desk.is_open = True
    yield desk
    desk.is_open = False


async def test_south_is_the_cheapest(desk: Desk) -> None:
    assert await desk.ask("south", NIGHT_TRAINS) == 1200


async def test_a_closed_desk_refuses(desk: Desk) -> None:
    desk.is_open = False
    with pytest.raises(ConnectionError, match="closed"):
        await desk.ask("south", NIGHT_TRAINS)
