import asyncio


async def answer(supplier: str, turns: int) -> str:
    for _ in range(turns):
        await asyncio.sleep(0)
    print(supplier, "answers")
    return supplier


async def main() -> None:
    both = asyncio.gather(answer("north", 3), answer("south", 1))
    print(await both)


asyncio.run(main())
