import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
LIMIT = 0.01  # seconds we are ready to wait
SLOW = 0.05  # seconds the supplier would take


async def ask(supplier: str, isbn: str) -> int:
    try:
        await asyncio.sleep(SLOW)
    except asyncio.CancelledError:
        print("  the call is cancelled")
        raise
    return LIST_CENTS[isbn]


async def main() -> None:
    try:
        async with asyncio.timeout(LIMIT):
            price = await ask("north", NIGHT_TRAINS)
    except TimeoutError:
        price = None
    print("timeout:", price)

    try:
        price = await asyncio.wait_for(
            ask("north", NIGHT_TRAINS), LIMIT
        )
    except TimeoutError:
        price = None
    print("wait_for:", price)

    async with asyncio.timeout(None):
        price = await ask("north", NIGHT_TRAINS)
    print("no limit:", price)


if __name__ == "__main__":
    asyncio.run(main())
