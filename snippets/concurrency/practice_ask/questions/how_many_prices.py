import asyncio

CENTS = {"Night Trains": 1250, "Salt Roads": 2200}


async def work(queue: asyncio.Queue[str], prices: list[int]) -> None:
    try:
        while True:
            title = await queue.get()
            prices.append(CENTS[title])
    except KeyError:
        print("no price")


async def main() -> None:
    queue: asyncio.Queue[str] = asyncio.Queue()
    for title in ("Night Trains", "100% Bread", "Salt Roads"):
        queue.put_nowait(title)
    prices: list[int] = []
    await work(queue, prices)
    print(len(prices), "priced,", queue.qsize(), "in the queue")


asyncio.run(main())
