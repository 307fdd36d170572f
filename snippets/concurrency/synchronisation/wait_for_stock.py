import time
from threading import Condition, Thread, current_thread

DRIVE = 0.02  # seconds until the van is there


class Shelf:
    def __init__(self) -> None:
        self.left = 0
        self._changed = Condition()

    def in_stock(self) -> bool:
        return self.left > 0

    def sell(self) -> None:
        with self._changed:
            self._changed.wait_for(self.in_stock)
            self.left -= 1

    def deliver(self, copies: int) -> None:
        time.sleep(DRIVE)
        with self._changed:
            self.left += copies
            self._changed.notify_all()


def serve(shelf: Shelf, receipts: list[str]) -> None:
    shelf.sell()
    receipts.append(current_thread().name)


def main() -> None:
    bread = Shelf()
    receipts: list[str] = []
    tills = [
        Thread(target=serve, args=(bread, receipts), name=name)
        for name in ("till 1", "till 2")
    ]
    van = Thread(target=bread.deliver, args=(2,), name="van")
    for thread in (*tills, van):
        thread.start()
    for thread in (*tills, van):
        thread.join()
    print("receipts:", sorted(receipts))
    print("left:", bread.left)


if __name__ == "__main__":
    main()
