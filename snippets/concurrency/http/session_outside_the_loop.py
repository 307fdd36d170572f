import asyncio

from aiohttp import ClientSession

session = ClientSession()


async def main() -> None:
    async with session:
        print("open:", not session.closed)


if __name__ == "__main__":
    asyncio.run(main())
