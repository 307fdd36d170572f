import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
LIMIT = 0.01  # seconds we are ready to wait
SLOW = 0.05  # seconds the supplier would take


async def ask(supplier: str, isbn: str) -> int:
    print("ask", supplier)
    await asyncio.sleep(SLOW)
    return LIST_CENTS[isbn]


async def main() -> None:
    async with asyncio.timeout(LIMIT):
        price = await ask("north", NIGHT_TRAINS)
        print("north asks for", price)


if __name__ == "__main__":
    asyncio.run(main())
