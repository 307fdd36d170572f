import asyncio
from threading import get_ident

BOOKS = ["9780000000019", "9780000000064"]
LIST_CENTS = {"9780000000019": 1850, "9780000000064": 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
WAIT = 0.01  # seconds a supplier takes to answer


class Desk:
    """Answers when all three suppliers are being asked."""

    def __init__(self) -> None:
        self.all_asked = asyncio.Barrier(len(EXTRA_CENTS))
        self.in_flight = self.peak = 0
        self.threads: set[int] = set()

    async def ask(self, supplier: str, isbn: str) -> int:
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        self.threads.add(get_ident())
        await self.all_asked.wait()
        await asyncio.sleep(WAIT)
        self.in_flight -= 1
        return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


async def sweep(desk: Desk, supplier: str) -> list[int]:
    return [await desk.ask(supplier, isbn) for isbn in BOOKS]


async def main() -> None:
    desk = Desk()
    async with asyncio.TaskGroup() as group:
        sweeps = [
            group.create_task(sweep(desk, supplier), name=supplier)
            for supplier in EXTRA_CENTS
        ]
    print([task.result() for task in sweeps])
    print("peak in flight:", desk.peak, "threads:", len(desk.threads))


if __name__ == "__main__":
    asyncio.run(main())
