import asyncio


async def answer(supplier: str, gate: asyncio.Event) -> str:
    await gate.wait()
    return supplier


async def main() -> None:
    gates = {name: asyncio.Event() for name in ("north", "south")}
    calls = [
        asyncio.create_task(answer(name, gate), name=name)
        for name, gate in gates.items()
    ]
    gates["south"].set()
    done, pending = await asyncio.wait(
        calls, return_when=asyncio.FIRST_COMPLETED
    )
    gates["north"].set()
    await asyncio.wait(pending)
    print("first:", [call.result() for call in done])


if __name__ == "__main__":
    asyncio.run(main())
