import asyncio
from collections.abc import Awaitable, Callable

PRICES = {"north": 1250, "south": 1200, "east": 1325}
NIGHT_TRAINS = "9780000000064"
LIMIT = 30.0  # seconds; only a broken build waits as long
Ask = Callable[[str, str], Awaitable[int]]


async def note_offers(
    ask: Ask, isbn: str, board: asyncio.Queue[str]
) -> None:
    async def note(supplier: str) -> None:
        price = await ask(supplier, isbn)
        board.put_nowait(f"{supplier} {price}")

    async with asyncio.TaskGroup() as group:
        for supplier in PRICES:
            group.create_task(note(supplier), name=supplier)


class Gate:
    """Holds a call until the test lets it pass."""

    def __init__(self) -> None:
        self.reached, self.open = asyncio.Event(), asyncio.Event()

    async def hold(self) -> None:
        self.reached.set()
        await self.open.wait()


async def test_order_of_arrival() -> None:
    gates = {supplier: Gate() for supplier in PRICES}

    async def ask(supplier: str, isbn: str) -> int:
        await gates[supplier].hold()
        return PRICES[supplier]

    board: asyncio.Queue[str] = asyncio.Queue()
    lines = []
    async with asyncio.timeout(LIMIT), asyncio.TaskGroup() as group:
        group.create_task(note_offers(ask, NIGHT_TRAINS, board))
        for gate in gates.values():
            await gate.reached.wait()
        for supplier in ("east", "north", "south"):
            gates[supplier].open.set()
            lines.append(await board.get())
    assert lines == ["east 1325", "north 1250", "south 1200"]
    print("board:", lines)


if __name__ == "__main__":
    asyncio.run(test_order_of_arrival())
