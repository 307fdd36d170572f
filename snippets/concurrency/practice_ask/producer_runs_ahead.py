import asyncio
from collections.abc import Iterator
from itertools import cycle, islice

ISBNS = ["9780000000019", "9780000000026", "9780000000064"]
LINES = 1_000  # in the supplier's catalogue
ROOM = 4  # jobs in the queue

Queue = asyncio.Queue[str]


class Catalogue:
    def __init__(self) -> None:
        self.read = 0

    def lines(self) -> Iterator[str]:
        for isbn in islice(cycle(ISBNS), LINES):
            self.read += 1
            yield isbn


async def produce(catalogue: Catalogue, queue: Queue) -> None:
    for isbn in catalogue.lines():
        await queue.put(isbn)


async def first_job(queue: Queue, began: asyncio.Event) -> None:
    await queue.get()
    began.set()
    await asyncio.Event().wait()  # the supplier thinks about it


async def main() -> None:
    for room in (0, ROOM):  # 0 means: no limit
        catalogue, began = Catalogue(), asyncio.Event()
        queue = Queue(maxsize=room)
        async with asyncio.TaskGroup() as group:
            worker = group.create_task(first_job(queue, began))
            producer = group.create_task(produce(catalogue, queue))
            await began.wait()
            await asyncio.sleep(0)  # a turn for the producer
            print(f"room {room}: {catalogue.read} lines read,", end=" ")
            print(queue.qsize(), "jobs in the queue")
            worker.cancel()
            producer.cancel()


if __name__ == "__main__":
    asyncio.run(main())
