"""Shared state: the copies that are left of one book."""

from threading import Lock


class StockCounter:
    def __init__(self, left: int) -> None:
        self.left = left
        self.sold = 0
        self._lock = Lock()

    def sell(self, n: int) -> bool:
        with self._lock:
            if n > self.left:
                return False
            self.left -= n
            self.sold += n
            return True
