import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
WAIT = 0.02  # seconds a supplier takes to answer


async def ask(supplier: str, isbn: str) -> int:
    print("  ask", supplier)
    await asyncio.sleep(WAIT)
    print("  answer from", supplier)
    return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


async def one_after_another() -> list[int]:
    return [
        await ask("north", NIGHT_TRAINS),
        await ask("south", NIGHT_TRAINS),
        await ask("east", NIGHT_TRAINS),
    ]


async def together() -> list[int]:
    return await asyncio.gather(
        ask("north", NIGHT_TRAINS),
        ask("south", NIGHT_TRAINS),
        ask("east", NIGHT_TRAINS),
    )


async def main() -> None:
    print("one after another")
    print("prices:", await one_after_another())
    print("together")
    print("prices:", await together())


if __name__ == "__main__":
    asyncio.run(main())
