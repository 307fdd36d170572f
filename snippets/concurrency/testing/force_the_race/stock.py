from threading import Lock


class HastyCounter:
    def __init__(self, left: int) -> None:
        self.left = left

    def sell(self) -> bool:
        left = self.left
        if left == 0:
            return False
        self.left = left - 1
        return True


class StockCounter(HastyCounter):
    def __init__(self, left: int) -> None:
        super().__init__(left)
        self._lock = Lock()

    def sell(self) -> bool:
        with self._lock:
            return super().sell()
