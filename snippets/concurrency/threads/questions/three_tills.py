from threading import Barrier, Lock, Thread

TILLS = 3


class StockCounter:
    def __init__(self, left: int) -> None:
        self.left = left
        self._lock = Lock()

    def sell(self, all_have_read: Barrier) -> None:
        left = self.left
        all_have_read.wait()
        with self._lock:
            self.left = left - 1


def main() -> None:
    counter, all_have_read = StockCounter(left=12), Barrier(TILLS)
    tills = [
        Thread(target=counter.sell, args=(all_have_read,))
        for _ in range(TILLS)
    ]
    for till in tills:
        till.start()
    for till in tills:
        till.join()
    print("left:", counter.left)


if __name__ == "__main__":
    main()
