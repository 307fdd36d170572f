import asyncio

SUPPLIERS = ("north", "south", "east")
ISBNS = [
    "9780000000019",
    "9780000000026",
    "9780000000040",
    "9780000000064",
]
WAIT = 0.005  # seconds a supplier takes to answer


class Desk:
    def __init__(self, limit: int) -> None:
        self.places = asyncio.Semaphore(limit)
        self.asked = self.in_flight = self.peak = 0

    async def ask(self, supplier: str, isbn: str) -> None:
        async with self.places:
            self.asked += 1
            self.in_flight += 1
            self.peak = max(self.peak, self.in_flight)
            await asyncio.sleep(WAIT)
            self.in_flight -= 1


async def ask_all(limit: int) -> None:
    desk = Desk(limit)
    async with asyncio.TaskGroup() as group:
        for isbn in ISBNS:
            for supplier in SUPPLIERS:
                group.create_task(desk.ask(supplier, isbn))
    print("limit", limit, "asked", desk.asked, "peak", desk.peak)


async def main() -> None:
    await ask_all(limit=len(ISBNS) * len(SUPPLIERS))
    await ask_all(limit=4)


if __name__ == "__main__":
    asyncio.run(main())
