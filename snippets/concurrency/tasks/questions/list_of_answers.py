import asyncio


async def ask(supplier: str, turns: int) -> str:
    for _ in range(turns):
        await asyncio.sleep(0)
    print(supplier, "answers")
    return supplier


async def main() -> None:
    both = asyncio.gather(ask("north", 3), ask("south", 1))
    print(await both)


asyncio.run(main())
