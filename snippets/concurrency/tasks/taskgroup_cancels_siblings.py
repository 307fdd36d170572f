import asyncio

NIGHT_TRAINS = "9780000000064"
WAIT = 0.02  # seconds a supplier takes to answer


async def reserve(supplier: str, isbn: str) -> str:
    if supplier == "south":
        raise ConnectionError("south is closed")
    await asyncio.sleep(WAIT)
    print(f"{supplier} keeps a copy of {isbn} for us")
    return supplier


async def reserve_at(*suppliers: str) -> None:
    tasks: list[asyncio.Task[str]] = []
    try:
        async with asyncio.TaskGroup() as group:
            for name in suppliers:
                call = reserve(name, NIGHT_TRAINS)
                tasks.append(group.create_task(call, name=name))
        print("reserved at", [task.result() for task in tasks])
    except* ConnectionError as errors:
        print("main gives up:", errors.exceptions)
    cancelled = [t.get_name() for t in tasks if t.cancelled()]
    running = [t.get_name() for t in tasks if not t.done()]
    print("cancelled:", cancelled, "still running:", running)


async def main() -> None:
    await reserve_at("north", "east")
    print("the same with south")
    await reserve_at("north", "south", "east")


if __name__ == "__main__":
    asyncio.run(main())
