import asyncio
from threading import Barrier, Thread, get_ident

WAITERS = 100


def wait_in_a_thread(everybody: Barrier, used: list[int]) -> None:
    used.append(get_ident())
    everybody.wait()


async def wait_in_a_task(
    everybody: asyncio.Barrier, used: list[int]
) -> None:
    used.append(get_ident())
    await everybody.wait()


def threads_for_threads() -> int:
    everybody, used = Barrier(WAITERS), []
    waiters = [
        Thread(target=wait_in_a_thread, args=(everybody, used))
        for _ in range(WAITERS)
    ]
    for waiter in waiters:
        waiter.start()
    for waiter in waiters:
        waiter.join()
    return len(set(used))


async def threads_for_tasks() -> int:
    everybody, used = asyncio.Barrier(WAITERS), []
    async with asyncio.TaskGroup() as group:
        for _ in range(WAITERS):
            group.create_task(wait_in_a_task(everybody, used))
    return len(set(used))


def main() -> None:
    print(
        f"{WAITERS} waits in threads: {threads_for_threads()} threads"
    )
    used = asyncio.run(threads_for_tasks())
    print(f"{WAITERS} waits in tasks: {used} thread")


if __name__ == "__main__":
    main()
