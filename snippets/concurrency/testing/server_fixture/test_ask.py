from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from client import ask
from service import open_desk

NIGHT_TRAINS = "9780000000064"


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with open_desk() as url, ClientSession(url) as session:
        yield session


async def test_each_supplier_answers(session: ClientSession) -> None:
    prices = {
        supplier: await ask(supplier, NIGHT_TRAINS, session)
        for supplier in ("north", "south", "east")
    }
    assert prices == {"north": 1250, "south": 1200, "east": 1325}


async def test_an_unknown_book(session: ClientSession) -> None:
    assert await ask("north", "9780000000095", session) is None
