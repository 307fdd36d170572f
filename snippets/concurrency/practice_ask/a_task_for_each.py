import asyncio

EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
LIST_CENTS = {
    "9780000000019": 1850,
    "9780000000026": 2200,
    "9780000000040": 999,
    "9780000000057": 2750,
    "9780000000064": 1250,
    "9780000000071": 1750,
    "9780000000088": 1100,
}
BREAD = "9780000000033"  # no supplier has it any more
QUESTIONS = len(EXTRA_CENTS) * (len(LIST_CENTS) + 1)


class Desk:
    def __init__(self) -> None:
        self.asked = 0
        self.all_asked = asyncio.Event()

    async def ask(self, supplier: str, isbn: str) -> int:
        self.asked += 1
        if self.asked == QUESTIONS:
            self.all_asked.set()
        if isbn == BREAD:
            raise LookupError(f"{supplier} has no {isbn}")
        await self.all_asked.wait()
        return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


async def main() -> None:
    desk = Desk()
    prices: dict[tuple[str, str], int] = {}

    async def note(supplier: str, isbn: str) -> None:
        prices[supplier, isbn] = await desk.ask(supplier, isbn)

    try:
        async with asyncio.TaskGroup() as group:
            for supplier in EXTRA_CENTS:
                for isbn in [*LIST_CENTS, BREAD]:
                    group.create_task(note(supplier, isbn))
    except* LookupError as failed:
        print("failed:", *failed.exceptions, sep="\n  ")
    print("questions at the same time:", desk.asked)
    print("prices noted:", len(prices))


if __name__ == "__main__":
    asyncio.run(main())
