import asyncio

TURNS = 30  # of the event loop, after which everybody waits


class JumpingClock:
    """When everybody waits, it jumps to the next alarm."""

    def __init__(self) -> None:
        self.time = 0.0
        self.alarms: list[float] = []
        self.quiet = 0  # turns of the loop since somebody moved

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        alarm = self.time + seconds
        self.alarms.append(alarm)
        self.quiet = 0
        try:
            while self.time < alarm:
                await asyncio.sleep(0)
                self.quiet += 1
                if self.quiet > TURNS * len(self.alarms):
                    self.time = min(self.alarms)
                    self.quiet = 0
        finally:  # also if the sleep is cancelled
            self.alarms.remove(alarm)
            self.quiet = 0
