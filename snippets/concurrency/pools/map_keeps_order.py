from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore

LINES = 3  # telephone lines that the supplier has
PRICES = {
    "9780000000019": 1850,
    "9780000000026": 2200,
    "9780000000040": 999,
    "9780000000057": 2750,
    "9780000000064": 1250,
}


class North:
    """Hangs up when all lines are taken; two calls are slow."""

    def __init__(self) -> None:
        self.lines = Semaphore(LINES)
        self.done = {isbn: Event() for isbn in PRICES}
        first, second, *_, last = PRICES
        self.after = {first: second, second: last}
        self.answered: list[int] = []

    def call(self, isbn: str) -> int:
        if not self.lines.acquire(blocking=False):
            raise ConnectionError("all lines are busy")
        if isbn in self.after:
            self.done[self.after[isbn]].wait()
        self.answered.append(PRICES[isbn])
        self.lines.release()
        self.done[isbn].set()
        return PRICES[isbn]


def main() -> None:
    north = North()
    with ThreadPoolExecutor(max_workers=LINES) as pool:
        answers = list(pool.map(north.call, PRICES))
    print("order of answering:", north.answered)
    print("order of results:  ", answers)


if __name__ == "__main__":
    main()
