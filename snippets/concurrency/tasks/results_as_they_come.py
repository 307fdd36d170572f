import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
TURNS = {"north": 3, "south": 2, "east": 1}  # until the answer


async def ask(supplier: str, isbn: str) -> tuple[str, int]:
    for _ in range(TURNS[supplier]):
        await asyncio.sleep(0)
    return supplier, LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


async def main() -> None:
    tasks = [
        asyncio.create_task(ask(supplier, NIGHT_TRAINS))
        for supplier in TURNS
    ]
    for awaitable in asyncio.as_completed(tasks):
        supplier, cents = await awaitable
        print(supplier, cents)


if __name__ == "__main__":
    asyncio.run(main())
