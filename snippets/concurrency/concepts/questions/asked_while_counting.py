import asyncio


async def question(log: list[str]) -> None:
    log.append("asked")
    await asyncio.sleep(0)
    log.append("answered")


async def count(log: list[str]) -> None:
    for number in (1, 2):
        log.append(f"counted {number}")


async def main() -> None:
    log: list[str] = []
    asked = asyncio.create_task(question(log))
    counted = asyncio.create_task(count(log))
    await asked
    await counted
    print(log)


asyncio.run(main())
