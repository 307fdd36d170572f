import asyncio

from sweep import sweep

LIST_CENTS = {
    "9780000000057": 2750,
    "9780000000064": 1250,
    "9780000000071": 1750,
}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
AT_ONCE = 2  # questions that a supplier bears
THINKING = 5  # turns of the loop for one answer
PATIENCE = 0.05  # seconds


class Desk:
    """Suppliers with their whims."""

    def __init__(self) -> None:
        self.in_flight = dict.fromkeys(EXTRA_CENTS, 0)
        self.line_to_east = "bad"

    async def ask(self, supplier: str, isbn: str) -> int:
        if self.in_flight[supplier] == AT_ONCE:
            raise ConnectionError("too many questions at once")
        if supplier == "east" and self.line_to_east == "bad":
            self.line_to_east = "good"
            raise ConnectionError("bad line")
        self.in_flight[supplier] += 1
        for _ in range(THINKING):
            await asyncio.sleep(0)
        self.in_flight[supplier] -= 1
        return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


async def never(supplier: str, isbn: str) -> int:
    return await asyncio.Event().wait()


async def main() -> None:
    catalogues = {supplier: [*LIST_CENTS] for supplier in EXTRA_CENTS}
    report = await sweep(catalogues, Desk().ask, workers=9, room=9)
    print(*report.lines(), sep="\n")

    endless = asyncio.create_task(
        sweep(catalogues, never, workers=9, room=9)
    )
    await asyncio.wait([endless], timeout=PATIENCE)
    print("nobody answers, and it ends by itself:", endless.done())
    endless.cancel()
    await asyncio.wait([endless])


if __name__ == "__main__":
    asyncio.run(main())
