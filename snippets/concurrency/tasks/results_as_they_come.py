import asyncio
from collections.abc import Coroutine
from typing import Any

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
WAIT = 0.01  # seconds from one answer to the next

Gates = dict[str, asyncio.Event]
Answer = tuple[str, int]


async def ask(supplier: str, isbn: str, gates: Gates) -> Answer:
    await gates[supplier].wait()
    return supplier, LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


async def open_in_turn(gates: Gates) -> None:
    for supplier in ("east", "south", "north"):
        await asyncio.sleep(WAIT)
        gates[supplier].set()


def calls(gates: Gates) -> list[Coroutine[Any, Any, Answer]]:
    return [ask(supplier, NIGHT_TRAINS, gates) for supplier in gates]


async def main() -> None:
    gates = {supplier: asyncio.Event() for supplier in EXTRA_CENTS}
    opener = asyncio.create_task(open_in_turn(gates))
    for answer in await asyncio.gather(*calls(gates)):
        print("gather:", *answer)
    await opener

    gates = {supplier: asyncio.Event() for supplier in EXTRA_CENTS}
    opener = asyncio.create_task(open_in_turn(gates))
    for awaitable in asyncio.as_completed(calls(gates)):
        print("as_completed:", *await awaitable)
    await opener


if __name__ == "__main__":
    asyncio.run(main())
