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
    await asyncio.gather(question(log), count(log))
    print(log)


asyncio.run(main())
