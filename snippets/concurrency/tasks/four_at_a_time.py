import asyncio

SUPPLIERS = ("north", "south", "east")
ISBNS = ["9780000000019", "9780000000064"]


class Desk:
    def __init__(self, limit: int) -> None:
        self.places = asyncio.Semaphore(limit)
        self.in_flight = self.peak = 0

    async def ask(self, supplier: str, isbn: str) -> None:
        async with self.places:
            self.in_flight += 1
            self.peak = max(self.peak, self.in_flight)
            await asyncio.sleep(0)  # the answer takes a turn
            self.in_flight -= 1


async def main() -> None:
    desk = Desk(limit=4)
    async with asyncio.TaskGroup() as group:
        for isbn in ISBNS:
            for supplier in SUPPLIERS:
                group.create_task(desk.ask(supplier, isbn))
    calls = len(ISBNS) * len(SUPPLIERS)
    print(calls, "calls, at most", desk.peak, "at once")


if __name__ == "__main__":
    asyncio.run(main())
