import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
EXTRA_CENTS = {"north": 0, "south": -50}
WAIT = {"north": 0.45, "south": 0.05}  # seconds for an answer


async def ask(supplier: str, isbn: str) -> int:
    print("  ask", supplier)
    await asyncio.sleep(WAIT[supplier])
    print("  answer from", supplier)
    return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


async def main() -> None:
    print("two awaits")
    prices = [
        await ask("north", NIGHT_TRAINS),
        await ask("south", NIGHT_TRAINS),
    ]
    print("prices:", prices)

    print("two tasks")
    north = asyncio.create_task(ask("north", NIGHT_TRAINS))
    south = asyncio.create_task(ask("south", NIGHT_TRAINS))
    print("prices:", [await north, await south])


if __name__ == "__main__":
    asyncio.run(main())
