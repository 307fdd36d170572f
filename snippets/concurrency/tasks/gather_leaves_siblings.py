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
    tasks = [
        asyncio.create_task(reserve(name, NIGHT_TRAINS), name=name)
        for name in ("north", "south", "east")
    ]
    try:
        print("reserved at", await asyncio.gather(*tasks))
    except ConnectionError as error:
        print("main gives up:", error)
    running = [t.get_name() for t in tasks if not t.done()]
    print("still running:", running)

    await asyncio.wait(tasks)
    print("main ends")


if __name__ == "__main__":
    asyncio.run(main())
