import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
LIMIT = 0.02  # seconds we are ready to wait
SLOW = 60  # seconds that south would take


async def ask(supplier: str, isbn: str) -> int:
    if supplier == "south":
        await asyncio.sleep(SLOW)
    print(supplier, "answers")
    return LIST_CENTS[isbn]


async def main() -> None:
    calls = [
        asyncio.create_task(ask(supplier, NIGHT_TRAINS))
        for supplier in ("north", "south")
    ]
    async with asyncio.timeout(LIMIT):
        prices = await asyncio.gather(*calls)
        print("cheapest:", min(prices))


if __name__ == "__main__":
    asyncio.run(main())
