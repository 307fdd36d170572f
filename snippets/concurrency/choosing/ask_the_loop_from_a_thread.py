import asyncio
from threading import current_thread

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
WAIT = 0.01  # seconds a supplier takes to answer


async def ask(supplier: str, isbn: str) -> int:
    await asyncio.sleep(WAIT)
    print("  answered in", current_thread().name)
    return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


def old_till(loop: asyncio.AbstractEventLoop) -> None:
    """Code from before asyncio: it calls, and waits for the answer."""
    print("the till runs in MainThread:", in_main_thread())
    for supplier in EXTRA_CENTS:
        question = ask(supplier, NIGHT_TRAINS)
        future = asyncio.run_coroutine_threadsafe(question, loop)
        print(supplier, future.result())


def in_main_thread() -> bool:
    return current_thread().name == "MainThread"


async def main() -> None:
    loop = asyncio.get_running_loop()
    await asyncio.to_thread(old_till, loop)


if __name__ == "__main__":
    asyncio.run(main())
