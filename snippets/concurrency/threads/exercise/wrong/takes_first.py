"""It takes the copies before it looks, so `left` falls below zero."""

from threading import Lock


class StockCounter:
    """The copies of one book, sold by several tills at once."""

    def __init__(self, left: int) -> None:
        self.left = left
        self._lock = Lock()

    def sell(self, n: int) -> bool:
        """Take n copies and return True, or take none and return False.

        Any number of threads may call this at the same moment:
        `left` never goes below zero, and no copy is sold twice.
        """
        with self._lock:
            self.left -= n
            if self.left < 0:
                self.left += n
                return False
            return True
