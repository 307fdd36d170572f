import asyncio

from jumping import JumpingClock

TITLES = ["Night Trains", "Salt Roads", "The Tide Clock"]
PAUSE = 1.0  # seconds between two questions to a supplier


class Turns:
    """Whoever wants to ask waits for a turn, by the clock given."""

    def __init__(self, clock: JumpingClock) -> None:
        self.clock = clock
        self.next_turn = 0.0

    async def wait(self) -> None:
        now = self.clock.now()
        turn = max(now, self.next_turn)
        await self.clock.sleep(turn - now)
        self.next_turn = turn + PAUSE


async def note(title: str, turns: Turns) -> None:
    await turns.wait()
    print(f"at {turns.clock.now():.0f} s: {title}")


async def main() -> None:
    turns = Turns(JumpingClock())
    async with asyncio.TaskGroup() as group:
        for title in TITLES:
            group.create_task(note(title, turns))


if __name__ == "__main__":
    asyncio.run(main())
