import asyncio


async def note(word: str) -> None:
    print(word)


async def main() -> None:
    task = asyncio.create_task(note("task"))
    await note("await")
    print("main")
    await task


asyncio.run(main())
