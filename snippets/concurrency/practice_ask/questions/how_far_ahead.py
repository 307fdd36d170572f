import asyncio

TITLES = [
    "Night Trains",
    "Salt Roads",
    "The Tide Clock",
    "A Short Silence",
]


async def produce(queue: asyncio.Queue[str], read: list[str]) -> None:
    for title in TITLES:
        read.append(title)
        await queue.put(title)


async def main() -> None:
    queue: asyncio.Queue[str] = asyncio.Queue(maxsize=2)
    read: list[str] = []
    producer = asyncio.create_task(produce(queue, read))
    await asyncio.sleep(0)
    print(len(read), "read")
    producer.cancel()


asyncio.run(main())
