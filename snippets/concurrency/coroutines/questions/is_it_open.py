import asyncio


async def is_open(supplier: str) -> bool:
    return supplier != "south"


async def main() -> None:
    answer = is_open("south")
    print("open" if answer else "closed")
    print("open" if await answer else "closed")


asyncio.run(main())
