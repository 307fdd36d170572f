import asyncio
import time

WAIT = 0.02  # seconds a supplier takes to answer


async def ask_blocking(supplier: str) -> None:
    print("  ask", supplier)
    time.sleep(WAIT)
    print("  answer from", supplier)


async def ask_suspending(supplier: str) -> None:
    print("  ask", supplier)
    await asyncio.sleep(WAIT)
    print("  answer from", supplier)


async def main() -> None:
    print("time.sleep")
    north = asyncio.create_task(ask_blocking("north"))
    south = asyncio.create_task(ask_blocking("south"))
    await south
    await north

    print("asyncio.sleep")
    north = asyncio.create_task(ask_suspending("north"))
    south = asyncio.create_task(ask_suspending("south"))
    await south
    await north


if __name__ == "__main__":
    asyncio.run(main())
