import time
from threading import Barrier, Lock, Thread, get_ident

BOOKS = ["9780000000019", "9780000000064"]
LIST_CENTS = {"9780000000019": 1850, "9780000000064": 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
WAIT = 0.01  # seconds a supplier takes to answer


class Desk:
    """Answers when all three suppliers are being asked."""

    def __init__(self) -> None:
        self.all_asked = Barrier(len(EXTRA_CENTS))
        self.in_flight = self.peak = 0
        self.threads: set[int] = set()
        self._lock = Lock()

    def ask(self, supplier: str, isbn: str) -> int:
        with self._lock:
            self.in_flight += 1
            self.peak = max(self.peak, self.in_flight)
            self.threads.add(get_ident())
        self.all_asked.wait()
        time.sleep(WAIT)
        with self._lock:
            self.in_flight -= 1
        return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


def sweep(desk: Desk, supplier: str, prices: dict) -> None:
    prices[supplier] = [desk.ask(supplier, isbn) for isbn in BOOKS]


def main() -> None:
    desk, prices = Desk(), {}
    sweeps = [
        Thread(
            target=sweep, args=(desk, supplier, prices), name=supplier
        )
        for supplier in EXTRA_CENTS
    ]
    for thread in sweeps:
        thread.start()
    for thread in sweeps:
        thread.join()
    print([prices[supplier] for supplier in EXTRA_CENTS])
    print("peak in flight:", desk.peak, "threads:", len(desk.threads))


if __name__ == "__main__":
    main()
