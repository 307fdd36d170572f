import asyncio

from sweep import Clock, Limits, sweep

LIST_CENTS = {"9780000000064": 1250, "9780000000071": 1750}
EXTRA_CENTS = {"north": 0, "south": -50}
WAIT = {"north": 0.06, "south": 0.01}  # seconds for an answer
LIMITS = Limits(
    workers=4,
    at_once=1,
    pause=0.02,
    tries=2,
    back_off=0.03,
)


class Desk:
    def __init__(self) -> None:
        self.line_to_south = "bad"

    async def ask(self, supplier: str, isbn: str) -> int:
        await asyncio.sleep(WAIT[supplier])
        if supplier == "south" and self.line_to_south == "bad":
            self.line_to_south = "good"
            raise ConnectionError("bad line")
        return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


async def main() -> None:
    catalogues = {supplier: [*LIST_CENTS] for supplier in EXTRA_CENTS}
    report = await sweep(catalogues, Desk().ask, LIMITS, Clock())
    print(*report.lines(), sep="\n")
    print("complete:", report.complete)


if __name__ == "__main__":
    asyncio.run(main())
