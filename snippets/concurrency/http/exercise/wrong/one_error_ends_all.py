"""One error ends the task group, and all prices are lost."""

import asyncio
from collections.abc import Sequence

from aiohttp import ClientSession

BUSY = 503


async def sweep(
    base_url: str, isbns: Sequence[str], limit: int
) -> tuple[dict[str, int], dict[str, int]]:
    """Ask north for the price of each book.

    The route is `{base_url}/price/north/{isbn}`. The answer is JSON
    with `price_cents`, or a status that says why there is none.
    - All requests go through one session.
    - At most `limit` of them are in flight, and so many if they can
      be: as soon as one book is done with, the next is asked for.
    - After status 503 a book is asked for once more, not twice.
    - After any other status of 400 or more it is not asked for again.
    Returns prices by ISBN, and the last status by ISBN of the others,
    both in the order of `isbns`. No failure loses another's price.
    """
    places = asyncio.Semaphore(limit)

    async def ask_in_turn(isbn: str) -> tuple[int, int]:
        async with places:
            status, cents = await ask_north(isbn, session)
            if status == BUSY:
                status, cents = await ask_north(isbn, session)
            if status >= 400:
                raise LookupError(f"{isbn}: status {status}")
        return status, cents

    async with ClientSession(base_url) as session:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(ask_in_turn(i)) for i in isbns]
        answers = [task.result() for task in tasks]
    prices, errors = {}, {}
    for isbn, (status, cents) in zip(isbns, answers, strict=True):
        if status < 400:
            prices[isbn] = cents
        else:
            errors[isbn] = status
    return prices, errors


async def ask_north(
    isbn: str, session: ClientSession
) -> tuple[int, int]:
    async with session.get(f"/price/north/{isbn}") as response:
        if not response.ok:
            return response.status, 0
        return response.status, (await response.json())["price_cents"]
