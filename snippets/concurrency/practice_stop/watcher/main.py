import signal
import sys
from collections.abc import Iterator

from jumping import JumpingClock
from sweep import Clock, Limits, watch

LIST_CENTS = {
    "9780000000057": 2750,
    "9780000000064": 1250,
    "9780000000071": 1750,
    "9780000000088": 1100,
}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
LIMITS = Limits(at_once=1, pause=2.0, every=2.0)
CTRL_C_AT = 6  # the question at which the user loses patience


class Desk:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.asked = self.in_flight = 0

    async def ask(self, supplier: str, isbn: str) -> int:
        self.asked += 1
        self.in_flight += 1
        try:
            if self.asked == CTRL_C_AT:
                print("^C, calls in flight:", self.in_flight)
                signal.raise_signal(signal.SIGINT)  # as Ctrl-C does
            await self.clock.sleep(1.5)  # the supplier thinks
            return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]
        finally:
            self.in_flight -= 1


def torn_list() -> Iterator[str]:
    yield "9780000000064"
    raise ValueError("no more pages")


def main() -> int:
    catalogues = {
        "north": LIST_CENTS,
        "south": LIST_CENTS,
        "east": torn_list(),
    }
    clock = JumpingClock()
    desk = Desk(clock)
    status = watch(catalogues, desk.ask, LIMITS, clock)
    print("calls in flight:", desk.in_flight)
    return status


if __name__ == "__main__":
    # Also where a shell has started it in the background.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main())
