"""Ask all suppliers, take the first price, and the tests of that."""

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


class Gates:
    """A call of a supplier waits until the test opens its gate."""

    def __init__(self) -> None:
        self.asked = {name: asyncio.Event() for name in SUPPLIERS}
        self.open = {name: asyncio.Event() for name in SUPPLIERS}
        self.cleaned_up: set[str] = set()

    async def ask(self, supplier: str, isbn: str) -> int:
        self.asked[supplier].set()
        try:
            await self.open[supplier].wait()
        finally:
            await asyncio.sleep(0)  # clean-up that waits
            self.cleaned_up.add(supplier)
        return PRICES[supplier]

    async def all_asked(self) -> None:
        for asked in self.asked.values():
            await asked.wait()


async def test_all_are_asked_at_once() -> None:
    gates = Gates()
    call = asyncio.create_task(
        first_price(gates.ask, NIGHT_TRAINS, SUPPLIERS)
    )
    await gates.all_asked()
    assert not call.done()
    gates.open["north"].set()
    await call


async def test_the_first_answer_counts() -> None:
    for supplier in SUPPLIERS:
        gates = Gates()
        call = asyncio.create_task(
            first_price(gates.ask, NIGHT_TRAINS, SUPPLIERS)
        )
        await gates.all_asked()
        gates.open[supplier].set()
        assert await call == (supplier, PRICES[supplier])


async def test_the_others_are_cancelled() -> None:
    gates = Gates()
    call = asyncio.create_task(
        first_price(gates.ask, NIGHT_TRAINS, SUPPLIERS)
    )
    await gates.all_asked()
    gates.open["north"].set()
    await call
    assert gates.cleaned_up == set(SUPPLIERS)
