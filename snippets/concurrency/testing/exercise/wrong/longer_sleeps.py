"""It sleeps ten times as long: slow tests that still hope."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

Ask = Callable[[str, str], Awaitable[int]]


async def first_price(
    ask: Ask, isbn: str, suppliers: Sequence[str]
) -> tuple[str, int]:
    """The supplier that answers first, and its price.

    All are asked at once. Before it returns, the calls that still
    run are cancelled, and their clean-up is over.
    """
    calls = {
        asyncio.create_task(ask(supplier, isbn)): supplier
        for supplier in suppliers
    }
    try:
        done, _ = await asyncio.wait(
            calls, return_when=asyncio.FIRST_COMPLETED
        )
        first = min(done, key=lambda call: call.result())
        return calls[first], first.result()
    finally:
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)


# ----------------------------------------------------------------------

NIGHT_TRAINS = "9780000000064"
SUPPLIERS = ["north", "south", "east"]
PRICES = {"north": 1250, "south": 1200, "east": 1325}


async def test_all_are_asked_at_once() -> None:
    asked = []

    async def ask(supplier: str, isbn: str) -> int:
        asked.append(supplier)
        await asyncio.sleep(0.5)
        return PRICES[supplier]

    call = asyncio.create_task(
        first_price(ask, NIGHT_TRAINS, SUPPLIERS)
    )
    await asyncio.sleep(0.2)
    assert asked == SUPPLIERS
    await call


async def test_the_first_answer_counts() -> None:
    waits = {"north": 0.3, "south": 0.2, "east": 0.1}

    async def ask(supplier: str, isbn: str) -> int:
        await asyncio.sleep(waits[supplier])
        return PRICES[supplier]

    first = await first_price(ask, NIGHT_TRAINS, SUPPLIERS)
    assert first == ("east", 1325)


async def test_the_others_are_cancelled() -> None:
    hung_up = []

    async def ask(supplier: str, isbn: str) -> int:
        try:
            await asyncio.sleep(0.1 if supplier == "north" else 0.5)
        except asyncio.CancelledError:
            await asyncio.sleep(0.1)
            hung_up.append(supplier)
            raise
        return PRICES[supplier]

    await first_price(ask, NIGHT_TRAINS, SUPPLIERS)
    await asyncio.sleep(0.3)
    assert hung_up == ["south", "east"]
