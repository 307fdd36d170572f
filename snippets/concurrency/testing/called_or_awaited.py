import asyncio
from collections.abc import Awaitable
from typing import Protocol
from unittest.mock import AsyncMock

NIGHT_TRAINS = "9780000000064"


class Desk(Protocol):
    async def reserve(self, isbn: str) -> str: ...


def reserve_later(desk: Desk, isbn: str) -> Awaitable[str]:
    return desk.reserve(isbn)


async def main() -> None:
    desk = AsyncMock(spec=Desk)
    desk.reserve.return_value = "a copy is yours"
    reservation = reserve_later(desk, NIGHT_TRAINS)
    desk.reserve.assert_called_once_with(NIGHT_TRAINS)
    print("called:", desk.reserve.call_count)
    print("awaited:", desk.reserve.await_count)
    try:
        desk.reserve.assert_awaited_once_with(NIGHT_TRAINS)
    except AssertionError as error:
        print("AssertionError:", error)
    print(await reservation)
    desk.reserve.assert_awaited_once_with(NIGHT_TRAINS)
    print("awaited:", desk.reserve.await_count)


if __name__ == "__main__":
    asyncio.run(main())
