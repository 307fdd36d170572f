import asyncio


async def wait_for(supplier: str, place: asyncio.Semaphore) -> None:
    async with place:
        if supplier == "south":
            await asyncio.Event().wait()  # south never answers
        print(supplier, "answers")


async def work(
    queue: asyncio.Queue[str], places: dict[str, asyncio.Semaphore]
) -> None:
    while True:
        supplier = await queue.get()
        await wait_for(supplier, places[supplier])


async def main() -> None:
    places = {name: asyncio.Semaphore(1) for name in ("south", "north")}
    queue: asyncio.Queue[str] = asyncio.Queue()
    for supplier in ("south", "south", "north"):
        queue.put_nowait(supplier)
    crew = [asyncio.create_task(work(queue, places)) for _ in range(2)]
    await asyncio.wait(crew, timeout=0.02)
    print("still in the queue:", queue.qsize())
    for worker in crew:
        worker.cancel()


asyncio.run(main())
