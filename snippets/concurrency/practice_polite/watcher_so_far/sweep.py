import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field

Job = tuple[str, str]  # supplier and ISBN
Ask = Callable[[str, str], Awaitable[int]]  # gives a price in cents
Catalogues = Mapping[str, Iterable[str]]  # the ISBNs of each supplier


@dataclass
class Report:
    prices: dict[Job, int] = field(default_factory=dict)
    errors: dict[Job, Exception] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """The prices and then the errors, each sorted by their jobs."""
        good = [
            f"{supplier} {isbn} {cents}"
            for (supplier, isbn), cents in sorted(self.prices.items())
        ]
        bad = [
            f"{supplier} {isbn} {type(error).__name__}: {error}"
            for (supplier, isbn), error in sorted(self.errors.items())
        ]
        return good + bad


async def sweep(
    catalogues: Catalogues, ask: Ask, workers: int, room: int
) -> Report:
    """Ask every supplier for the price of every book it has.

    - One producer for each supplier puts its jobs into a queue that
      holds at most `room` jobs.
    - Exactly `workers` workers take jobs and ask.
    - An error belongs into the report and stops nobody.
    However it ends (also when it is cancelled), no task goes on.
    """
    report = Report()
    queue: asyncio.Queue[Job] = asyncio.Queue(maxsize=room)
    async with asyncio.TaskGroup() as group:
        crew = [
            group.create_task(work(queue, ask, report))
            for _ in range(workers)
        ]
        async with asyncio.TaskGroup() as producers:
            for supplier, isbns in catalogues.items():
                producers.create_task(produce(supplier, isbns, queue))
        await queue.join()
        for worker in crew:
            worker.cancel()
    return report


async def produce(
    supplier: str, isbns: Iterable[str], queue: asyncio.Queue[Job]
) -> None:
    for isbn in isbns:
        await queue.put((supplier, isbn))


async def work(
    queue: asyncio.Queue[Job], ask: Ask, report: Report
) -> None:
    me = asyncio.current_task()
    while not me.cancelling():  # an error may hide it
        job = await queue.get()
        try:
            report.prices[job] = await ask(*job)
        except Exception as error:
            report.errors[job] = error
        finally:
            queue.task_done()
