"""A task group waits for every call, and one failure ends them all."""

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
    async with asyncio.timeout(limit):
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(ask(isbn)) for ask in suppliers]
    return min(task.result() for task in tasks)
