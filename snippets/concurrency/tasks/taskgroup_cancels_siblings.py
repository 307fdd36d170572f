import asyncio

NIGHT_TRAINS = "9780000000064"
WAIT = 0.02  # seconds a supplier takes to answer


async def reserve(supplier: str, isbn: str) -> str:
    if supplier == "south":
        raise ConnectionError("south is closed")
    await asyncio.sleep(WAIT)
    print(f"{supplier} keeps a copy of {isbn} for us")
    return supplier


async def main() -> None:
    tasks: list[asyncio.Task[str]] = []
    try:
        async with asyncio.TaskGroup() as group:
            for name in ("north", "south", "east"):
                call = reserve(name, NIGHT_TRAINS)
                tasks.append(group.create_task(call, name=name))
        print("reserved at", [task.result() for task in tasks])
    except* ConnectionError as errors:
        print("main gives up:", errors.exceptions)
    running = [t.get_name() for t in tasks if not t.done()]
    print("still running:", running)
    cancelled = [t.get_name() for t in tasks if t.cancelled()]
    print("cancelled:", cancelled)


if __name__ == "__main__":
    asyncio.run(main())
