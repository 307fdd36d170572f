from threading import Barrier, Semaphore, Thread

LINES = 3  # telephone lines that the supplier has
PRICES = {
    "9780000000019": 1850,
    "9780000000026": 2200,
    "9780000000040": 999,
    "9780000000057": 2750,
    "9780000000064": 1250,
}


class North:
    """A supplier who hangs up when all lines are taken."""

    def __init__(self) -> None:
        self.lines = Semaphore(LINES)
        self.all_are_calling = Barrier(len(PRICES))

    def call(self, isbn: str) -> int:
        connected = self.lines.acquire(blocking=False)
        self.all_are_calling.wait()
        if not connected:
            raise ConnectionError("all lines are busy")
        self.lines.release()
        return PRICES[isbn]


def note(supplier: North, isbn: str, answers: list, busy: list) -> None:
    try:
        answers.append(supplier.call(isbn))
    except ConnectionError:
        busy.append(isbn)


def main() -> None:
    north, answers, busy = North(), [], []
    threads = [
        Thread(target=note, args=(north, isbn, answers, busy))
        for isbn in PRICES
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("threads:", len(threads))
    print("answers:", len(answers), "busy:", len(busy))


if __name__ == "__main__":
    main()
