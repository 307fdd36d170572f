"""It lets others run, but holds them up while a number stands."""

import asyncio
import time

TICK = 0.01  # seconds a number stands on the board


async def countdown(name: str, n: int) -> None:
    """Print name and number, from n down to 1, one line each.

    After each line the other tasks of the loop get a turn.
    Nothing in it holds up the loop.
    """
    for number in range(n, 0, -1):
        print(name, number)
        time.sleep(TICK)
        await asyncio.sleep(0)


async def main() -> None:
    """Count down from 3 for north and south in turn, north first.

    It returns when both countdowns have reached 1.
    """
    north = asyncio.create_task(countdown("north", 3))
    south = asyncio.create_task(countdown("south", 3))
    await north
    await south


if __name__ == "__main__":
    asyncio.run(main())
