import asyncio

STEPS = 2


async def pack(parcel: str, hands_over: bool, log: list[str]) -> None:
    for step in range(1, STEPS + 1):
        log.append(f"{parcel}{step}")
        if hands_over:
            await asyncio.sleep(0)


async def pack_two(hands_over: bool) -> list[str]:
    log: list[str] = []
    first = asyncio.create_task(pack("A", hands_over, log))
    second = asyncio.create_task(pack("B", hands_over, log))
    await first
    await second
    return log


async def main() -> None:
    print("hands over:", await pack_two(hands_over=True))
    print("does not: ", await pack_two(hands_over=False))


if __name__ == "__main__":
    asyncio.run(main())
