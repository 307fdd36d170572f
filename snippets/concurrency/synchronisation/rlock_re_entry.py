from threading import Lock, RLock
from typing import Any

PATIENCE = 0.02  # seconds to wait for the lock


class StockCounter:
    def __init__(self, left: int, lock: Any) -> None:
        self.left = left
        self._lock = lock

    def sell(self) -> bool:
        if not self._lock.acquire(timeout=PATIENCE):
            return False
        try:
            self.left -= 1
            return True
        finally:
            self._lock.release()

    def sell_pair(self) -> list[bool]:
        with self._lock:
            return [self.sell(), self.sell()]


def main() -> None:
    for name, lock in (("Lock", Lock()), ("RLock", RLock())):
        salt_roads = StockCounter(left=3, lock=lock)
        sold = salt_roads.sell_pair()
        print(f"{name}: sold {sold}, left {salt_roads.left}")


if __name__ == "__main__":
    main()
