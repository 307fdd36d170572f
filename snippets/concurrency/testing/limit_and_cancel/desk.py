import asyncio
from collections.abc import Awaitable, Callable

Ask = Callable[[str, str], Awaitable[int]]


async def price_or_none(
    ask: Ask, supplier: str, isbn: str, limit: float
) -> int | None:
    try:
        async with asyncio.timeout(limit):
            return await ask(supplier, isbn)
    except TimeoutError:
        return None
