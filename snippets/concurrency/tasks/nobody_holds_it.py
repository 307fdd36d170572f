import asyncio
import gc

NIGHT_TRAINS = "9780000000064"


async def watch_price(supplier: str, isbn: str) -> None:
    changed = asyncio.Event()
    print("watch", isbn, "at", supplier)
    await changed.wait()


def report(loop: asyncio.AbstractEventLoop, context: dict) -> None:
    print("the loop says:", context["message"])


async def main() -> None:
    asyncio.get_running_loop().set_exception_handler(report)
    asyncio.create_task(watch_price("north", NIGHT_TRAINS))
    await asyncio.sleep(0)
    gc.collect()
    print("tasks besides main:", len(asyncio.all_tasks()) - 1)

    watchers: set[asyncio.Task[None]] = set()
    task = asyncio.create_task(watch_price("south", NIGHT_TRAINS))
    watchers.add(task)
    task.add_done_callback(watchers.discard)
    del task
    await asyncio.sleep(0)
    gc.collect()
    print("tasks besides main:", len(asyncio.all_tasks()) - 1)

    for watcher in list(watchers):
        watcher.cancel()
        await asyncio.wait([watcher])
    print("watchers left:", len(watchers))


if __name__ == "__main__":
    asyncio.run(main())
