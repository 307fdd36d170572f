"""Ask each route of the price desk, sell a copy, compute a little."""

import asyncio

from aiohttp import ClientSession
from service import LIST_CENTS, open_desk
from stock import StockCounter
from work import count_primes, isbn_search

NIGHT_TRAINS = "9780000000064"


async def ask(supplier: str, isbn: str, session: ClientSession) -> int:
    async with session.get(f"/price/{supplier}/{isbn}") as response:
        response.raise_for_status()
        answer = await response.json()
    return answer["price_cents"]


async def ask_each_route() -> None:
    async with open_desk() as url, ClientSession(url) as session:
        for supplier in ("north", "south", "east"):
            cents = await ask(supplier, NIGHT_TRAINS, session)
            print(f"{supplier}: {cents} cents")
        for path in (
            "/price/west/9780000000064",
            "/slow?ms=5",
            "/flaky?fail=1",
            "/flaky?fail=1",
            "/status/418",
            "/stats",
        ):
            async with session.get(path) as response:
                text = await response.text()
                print(f"{path} -> {response.status} {text}")


async def two_tills() -> None:
    night_trains = StockCounter(left=1)
    tills = [asyncio.to_thread(night_trains.sell, 1) for _ in range(2)]
    answers = await asyncio.gather(*tills)
    print("two tills:", sorted(answers), "left:", night_trains.left)


async def main() -> None:
    await ask_each_route()
    await two_tills()
    primes = await asyncio.to_thread(count_primes, 1000)
    print("primes below 1000:", primes)
    found = await asyncio.to_thread(isbn_search, "97800000000")
    ours = LIST_CENTS.keys() & found
    print("ISBNs:", len(found), "ours:", len(ours))


if __name__ == "__main__":
    asyncio.run(main())
