"""Its limit starts again after each failure."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

Supplier = Callable[[str], Coroutine[Any, Any, int]]


async def cheapest(
    isbn: str, suppliers: Sequence[Supplier], limit: float
) -> int:
    """The first price that a supplier gives for this ISBN, in cents.

    All suppliers are asked together; there is at least one.
    - Prices that are there at the same moment: the lowest of them.
    - A supplier that fails is passed over while others are awaited.
    - No price, and all have failed: an ExceptionGroup of their errors.
    - No price within `limit` seconds: TimeoutError.
    However it ends (also when cancelled as it waits), no call goes on:
    calls that still run are cancelled, and have ended before it does.
    """
    tasks = [asyncio.create_task(ask(isbn)) for ask in suppliers]
    try:
        return await first_price(tasks, limit)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def first_price(
    tasks: Sequence[asyncio.Task[int]], limit: float
) -> int:
    pending = set(tasks)
    while pending:
        done, pending = await asyncio.wait(
            pending, timeout=limit, return_when=asyncio.FIRST_COMPLETED
        )
        if not done:
            raise TimeoutError
        prices = [t.result() for t in done if t.exception() is None]
        if prices:
            return min(prices)
    errors = [task.exception() for task in tasks]
    raise ExceptionGroup("no supplier has a price", errors)
