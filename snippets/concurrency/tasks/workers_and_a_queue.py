import asyncio

LIST_CENTS = {
    "9780000000019": 1850,
    "9780000000026": 2200,
    "9780000000040": 999,
    "9780000000057": 2750,
    "9780000000064": 1250,
}
WAIT = 0.005  # seconds a supplier takes to answer

Isbns = asyncio.Queue[str]
Prices = dict[str, int]


async def ask_for_each(isbns: Isbns, found: Prices) -> None:
    while True:
        isbn = await isbns.get()
        await asyncio.sleep(WAIT)
        found[isbn] = LIST_CENTS[isbn]
        isbns.task_done()


async def main() -> None:
    isbns: Isbns = asyncio.Queue(maxsize=2)
    found: Prices = {}
    longest = 0
    async with asyncio.TaskGroup() as group:
        workers = [
            group.create_task(ask_for_each(isbns, found))
            for _ in range(2)
        ]
        for isbn in LIST_CENTS:
            await isbns.put(isbn)
            longest = max(longest, isbns.qsize())
        await isbns.join()
        for worker in workers:
            worker.cancel()
    print("prices found:", sorted(found.values()))
    print("longest queue:", longest)
    print("workers left:", sum(not w.done() for w in workers))


if __name__ == "__main__":
    asyncio.run(main())
