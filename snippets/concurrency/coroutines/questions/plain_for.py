import asyncio
from collections.abc import AsyncIterator


async def prices() -> AsyncIterator[int]:
    yield 1250


async def main() -> None:
    offers = prices()
    async for price in offers:
        print(price)
    for price in prices():
        print(price)


asyncio.run(main())
