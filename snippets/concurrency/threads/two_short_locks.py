from threading import Barrier, Lock, Thread


class StockCounter:
    def __init__(self) -> None:
        self.sold = 0
        self._lock = Lock()

    def sell(self, both_have_read: Barrier) -> None:
        with self._lock:
            sold = self.sold
        both_have_read.wait()
        with self._lock:
            self.sold = sold + 1


def main() -> None:
    counter = StockCounter()
    both_have_read = Barrier(2)
    tills = [
        Thread(target=counter.sell, args=(both_have_read,))
        for _ in range(2)
    ]
    for till in tills:
        till.start()
    for till in tills:
        till.join()
    print("sold by two tills:", counter.sold)


if __name__ == "__main__":
    main()
