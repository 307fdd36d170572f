import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PRICES = {"Night Trains": 1250, "Salt Roads": 2200}


@asynccontextmanager
async def line_to(supplier: str) -> AsyncIterator[str]:
    await asyncio.sleep(0)  # stands for the wait until it is open
    print("line open:", supplier)
    try:
        yield supplier
    finally:
        await asyncio.sleep(0)
        print("line closed:", supplier)


async def offers(supplier: str) -> AsyncIterator[tuple[str, int]]:
    for title, cents in PRICES.items():
        await asyncio.sleep(0)  # the next offer has to arrive first
        yield title, cents


async def copy_offers(supplier: str) -> None:
    async with line_to(supplier) as line:
        async for title, cents in offers(line):
            print(f"{line}: {title}, {cents} c")


async def main() -> None:
    north = asyncio.create_task(copy_offers("north"))
    south = asyncio.create_task(copy_offers("south"))
    await north
    await south


if __name__ == "__main__":
    asyncio.run(main())
