from threading import Barrier, Event, Lock

from stock import HastyCounter

LIMIT = 30.0  # seconds; only a broken build waits as long


class Clash:
    """Two tills meet once, after a read and before a write."""

    def __init__(self) -> None:
        self.is_over = Event()
        self.barrier = Barrier(2, self.is_over.set, LIMIT)

    def meet(self) -> None:
        if not self.is_over.is_set():
            self.barrier.wait()


class WatchedLock:
    """A lock whose visitor comes to the meeting before it waits."""

    def __init__(self, clash: Clash) -> None:
        self.clash = clash
        self.lock = Lock()

    def __enter__(self) -> None:
        if not self.lock.acquire(blocking=False):
            self.clash.meet()
            self.lock.acquire()

    def __exit__(self, *error: object) -> None:
        self.lock.release()


def prepared(kind: type[HastyCounter], clash: Clash) -> HastyCounter:
    """A counter with one copy, whose reader comes to the meeting."""

    class Prepared(kind):
        @property
        def left(self) -> int:
            left = self.on_shelf
            clash.meet()
            return left

        @left.setter
        def left(self, left: int) -> None:
            self.on_shelf = left

    counter = Prepared(left=1)
    counter._lock = WatchedLock(clash)
    return counter
