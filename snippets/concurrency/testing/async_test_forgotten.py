import asyncio

PRICES = {"north": 1250, "south": 1200, "east": 1325}


async def ask(supplier: str, isbn: str) -> int:
    await asyncio.sleep(0)
    return PRICES[supplier]


async def test_south_is_the_cheapest() -> None:
    assert await ask("south", "9780000000064") == 1250
