import asyncio
from threading import get_ident

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
SHELVES = {"north": 3, "south": 1, "east": 2}
SEARCH = 0.01  # seconds a supplier takes for each shelf


class Desk:
    def __init__(self) -> None:
        self.in_flight = self.peak = 0
        self.threads: set[int] = set()

    async def ask(self, supplier: str, isbn: str) -> int:
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        self.threads.add(get_ident())
        print("ask", supplier)
        for _ in range(SHELVES[supplier]):
            await asyncio.sleep(SEARCH)
        print("answer from", supplier)
        self.in_flight -= 1
        return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


async def main() -> None:
    desk = Desk()
    questions = [
        asyncio.create_task(desk.ask(supplier, NIGHT_TRAINS))
        for supplier in SHELVES
    ]
    prices = []
    for question in questions:
        prices.append(await question)
    print("prices:", prices)
    print("peak in flight:", desk.peak)
    print("threads:", len(desk.threads))


if __name__ == "__main__":
    asyncio.run(main())
