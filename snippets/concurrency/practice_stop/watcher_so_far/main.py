import asyncio
import signal

from sweep import Clock, Limits, sweep

LIST_CENTS = {
    "9780000000057": 2750,
    "9780000000064": 1250,
    "9780000000071": 1750,
}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
LIMITS = Limits(at_once=1, pause=0.0)
CTRL_C_AT = 7  # the question at which the user loses patience


class Desk:
    def __init__(self) -> None:
        self.asked = 0

    async def ask(self, supplier: str, isbn: str) -> int:
        self.asked += 1
        if self.asked == CTRL_C_AT:
            signal.raise_signal(signal.SIGINT)  # as Ctrl-C does
            await asyncio.Event().wait()
        return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


def main() -> None:
    catalogues = {supplier: [*LIST_CENTS] for supplier in EXTRA_CENTS}
    asked = sweep(catalogues, Desk().ask, LIMITS, Clock())
    report = asyncio.run(asked)
    print(*report.lines(), sep="\n")


if __name__ == "__main__":
    # Also where a shell has started it in the background.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main()
