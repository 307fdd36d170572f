import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

CALLS, LINES = 4, 2
both_lines_taken = Barrier(LINES)
lock = Lock()
in_flight, peaks = [], []


def ask(supplier: str, isbn: str) -> None:
    with lock:
        in_flight.append(supplier)
        peaks.append(len(in_flight))
    both_lines_taken.wait()
    with lock:
        in_flight.remove(supplier)


async def main() -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(LINES))
    async with asyncio.TaskGroup() as group:
        for _ in range(CALLS):
            call = asyncio.to_thread(ask, "north", "9780000000064")
            group.create_task(call)
    print("peak:", max(peaks))


asyncio.run(main())
