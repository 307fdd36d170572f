import asyncio
from unittest.mock import AsyncMock


async def main() -> None:
    desk = AsyncMock()
    first = asyncio.create_task(desk.reserve("Night Trains"))
    second = desk.reserve("Salt Roads")
    await first
    print(desk.reserve.call_count, desk.reserve.await_count)
    second.close()


if __name__ == "__main__":
    asyncio.run(main())
