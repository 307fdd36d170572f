import time
from threading import Barrier, Lock, Thread

TILLS = 10


class StockCounter:
    def __init__(self, left: int) -> None:
        self.left = left
        self.sold = 0
        self._lock = Lock()

    def sell(self) -> None:
        with self._lock:
            left, sold = self.left, self.sold
            invite_a_clash()
            self.left = left - 1
            self.sold = sold + 1


def invite_a_clash() -> None:
    time.sleep(0)


def serve(counter: StockCounter, opening: Barrier) -> None:
    opening.wait()
    counter.sell()


def main() -> None:
    tide_clock = StockCounter(left=12)
    opening = Barrier(TILLS)
    tills = [
        Thread(target=serve, args=(tide_clock, opening))
        for _ in range(TILLS)
    ]
    for till in tills:
        till.start()
    for till in tills:
        till.join()
    print("sold:", tide_clock.sold)
    print("left:", tide_clock.left)


if __name__ == "__main__":
    main()
