"""A loop whose clock counts what a program asks for, however late the machine is.

Its waits are as long as those of any loop. But where a sleep ends late, because
the machine was busy, the next one begins at the moment at which this one should
have ended. So tasks wake in the order that the program asks for, in every run,
and one moment's tasks have had their turns before the next moment comes.
"""

import asyncio
import selectors
import time


class Waiting(selectors.DefaultSelector):
    """Waits for sockets and timers; ``now`` is the loop's clock, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list:
        """Wait as asked; the clock goes on by as much, or up to the first answer."""
        begin = time.monotonic()
        ready = super().select(timeout)
        passed = time.monotonic() - begin
        if timeout is None or (ready and passed < timeout):
            self.now += passed
        else:
            self.now += timeout
        return ready


class SteadyLoop(asyncio.SelectorEventLoop):
    """The loop of a run whose tasks are traced."""

    def __init__(self) -> None:
        self.waiting = Waiting()
        super().__init__(self.waiting)

    def time(self) -> float:
        """Seconds that the program has waited on this loop."""
        return self.waiting.now

    def was_blocked(self, seconds: float) -> None:
        """Count a wait outside the loop's own ones."""
        self.waiting.now += seconds
