from collections.abc import Sequence

from aiohttp import ClientSession


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
    prices = {}
    async with ClientSession(
        base_url, raise_for_status=True
    ) as session:
        for isbn in isbns:
            async with session.get(f"/price/north/{isbn}") as response:
                prices[isbn] = (await response.json())["price_cents"]
    return prices, {}
