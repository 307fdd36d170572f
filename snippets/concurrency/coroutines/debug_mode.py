import asyncio
import logging
import time

WAIT = 0.2  # seconds; debug mode reports steps from 0.1 s on


class SlowSteps(logging.Handler):
    """Keeps what the loop reports about tasks that we have named."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self.names = names
        self.reported: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        for name in self.names:
            if message.startswith("Executing") and name in message:
                self.reported.add(name)


async def ask_blocking() -> None:
    time.sleep(WAIT)


async def main() -> None:
    await asyncio.create_task(ask_blocking(), name="ask north")


if __name__ == "__main__":
    slow_steps = SlowSteps("ask north")
    logging.getLogger("asyncio").addHandler(slow_steps)
    asyncio.run(main(), debug=False)
    print("usual mode:", slow_steps.reported)
    asyncio.run(main(), debug=True)
    print("debug mode:", slow_steps.reported)
