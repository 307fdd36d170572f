import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
LIMIT = 0.02  # seconds we are ready to wait
WAITS = {"north": 0, "south": 60}  # seconds until the answer


async def ask(supplier: str, isbn: str) -> int:
    await asyncio.sleep(WAITS[supplier])
    print(supplier, "answers")
    return LIST_CENTS[isbn]


async def main() -> None:
    calls = [ask(supplier, NIGHT_TRAINS) for supplier in WAITS]
    async with asyncio.timeout(LIMIT):
        prices = await asyncio.gather(*calls)
        print("cheapest:", min(prices))


if __name__ == "__main__":
    asyncio.run(main())
