from threading import Barrier, Thread, current_thread


class StockCounter:
    def __init__(self, left: int) -> None:
        self.left = left
        self.sold = 0


def sell(
    counter: StockCounter, both_have_read: Barrier, receipts: list[str]
) -> None:
    left, sold = counter.left, counter.sold
    both_have_read.wait()
    if left > 0:
        counter.left = left - 1
        counter.sold = sold + 1
        receipts.append(current_thread().name)


def main() -> None:
    night_trains = StockCounter(left=1)
    both_have_read = Barrier(2)
    receipts: list[str] = []
    tills = [
        Thread(
            target=sell,
            args=(night_trains, both_have_read, receipts),
            name=name,
        )
        for name in ("till 1", "till 2")
    ]
    for till in tills:
        till.start()
    for till in tills:
        till.join()
    print("receipts:", sorted(receipts))
    print("sold, says the counter:", night_trains.sold)
    print("left, says the counter:", night_trains.left)


if __name__ == "__main__":
    main()
