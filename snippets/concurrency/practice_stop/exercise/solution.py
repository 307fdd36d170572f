import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field

Job = tuple[str, str]  # supplier and ISBN
Ask = Callable[[str, str], Awaitable[int]]  # gives a price in cents
Catalogues = Mapping[str, Iterable[str]]  # the ISBNs of each supplier
Say = Callable[[str], None]  # shows the user a line

TEMPORARY = (ConnectionError, TimeoutError)  # worth another try
COMPLETE, INCOMPLETE, INTERRUPTED = 0, 1, 130  # exit statuses


@dataclass
class Report:
    prices: dict[Job, int] = field(default_factory=dict)
    errors: dict[Job, Exception] = field(default_factory=dict)
    read: set[Job] = field(default_factory=set)  # from the catalogues
    broken: dict[str, Exception] = field(default_factory=dict)
    complete: bool = False  # all was read, and has an answer

    @property
    def left(self) -> set[Job]:
        """The jobs that were read and have no answer."""
        return self.read - self.prices.keys() - self.errors.keys()

    def progress(self) -> str:
        """How far it is, in one line."""
        prices, errors = len(self.prices), len(self.errors)
        return (
            f"prices {prices}, errors {errors}, left {len(self.left)}"
        )

    def lines(self) -> list[str]:
        """Prices, errors, what is left, and broken catalogues."""
        good = [
            f"{supplier} {isbn} {cents}"
            for (supplier, isbn), cents in sorted(self.prices.items())
        ]
        bad = [
            f"{supplier} {isbn} {type(error).__name__}: {error}"
            for (supplier, isbn), error in sorted(self.errors.items())
        ]
        left = [
            f"{s} {isbn} no answer" for s, isbn in sorted(self.left)
        ]
        broken = [
            f"{supplier} catalogue {type(error).__name__}: {error}"
            for supplier, error in sorted(self.broken.items())
        ]
        return good + bad + left + broken


@dataclass(frozen=True)
class Limits:
    """All times are in seconds."""

    workers: int = 6
    room: int = 12  # for jobs in the queue
    at_once: int = 2  # questions to one supplier at the same time
    pause: float = 1.0  # between two questions to one supplier
    tries: int = 3  # for each job
    back_off: float = 2.0  # before the second try, then doubled
    answer: float = 5.0  # for one question
    whole: float = 600.0  # for the sweep
    every: float = 1.0  # between two lines of progress


class Clock:
    """The clock of the event loop; tests pass in another one."""

    def now(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def limit(self, seconds: float) -> asyncio.Timeout:
        return asyncio.timeout(seconds)


class Polite:
    """Asks each supplier only as often as the limits allow.

    - At most `at_once` questions to one supplier at the same time,
      and `pause` seconds from the start of one to the start of the
      next. Each supplier has limits of its own.
    - A question has `answer` seconds; waiting for its start is free.
    - After a TEMPORARY error the question is tried again, `tries`
      times in all. The wait before doubles each time, begins with
      `back_off`, and takes no place from others.
    - Any other error is final, and so is that of the last try.
    """

    def __init__(self, ask: Ask, limits: Limits, clock: Clock) -> None:
        self.put_question = ask
        self.limits = limits
        self.clock = clock
        self.next_turn: dict[str, float] = defaultdict(float)
        self.places: dict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(limits.at_once)
        )

    async def ask(self, supplier: str, isbn: str) -> int:
        wait = self.limits.back_off
        for _ in range(self.limits.tries - 1):
            try:
                return await self.ask_once(supplier, isbn)
            except TEMPORARY:
                if asyncio.current_task().cancelling():
                    raise  # it failed while hanging up
                await self.clock.sleep(wait)
                wait *= 2
        return await self.ask_once(supplier, isbn)

    async def ask_once(self, supplier: str, isbn: str) -> int:
        async with self.places[supplier]:
            await self.wait_for_turn(supplier)
            async with self.clock.limit(self.limits.answer):
                return await self.put_question(supplier, isbn)

    async def wait_for_turn(self, supplier: str) -> None:
        while (now := self.clock.now()) < self.next_turn[supplier]:
            await self.clock.sleep(self.next_turn[supplier] - now)
        self.next_turn[supplier] = now + self.limits.pause


def watch(
    catalogues: Catalogues,
    ask: Ask,
    limits: Limits,
    clock: Clock,
    say: Say = print,
) -> int:
    """Run a sweep, say what it found, and return the exit status.

    - While it runs, `report.progress()` is said every `every` seconds.
    - At its end, the lines of the report are said, also when it ends
      with Ctrl-C or because its time is over.
    - A catalogue that breaks is noted in `report.broken`; what was
      read of it is still asked, and the other suppliers go on.
    - COMPLETE, INCOMPLETE (the time was over, or a catalogue broke)
      or INTERRUPTED (Ctrl-C).
    """
    report = Report()
    status = INCOMPLETE
    try:
        asyncio.run(sweep(catalogues, ask, limits, clock, report, say))
        if report.complete:
            status = COMPLETE
    except KeyboardInterrupt:
        status = INTERRUPTED
    for line in report.lines():
        say(line)
    return status


async def sweep(
    catalogues: Catalogues,
    ask: Ask,
    limits: Limits,
    clock: Clock,
    report: Report,
    say: Say,
) -> None:
    """Ask every supplier for the price of every book it has.

    One producer for each supplier, one queue, and some workers; what
    they ask goes through `Polite`. After `whole` seconds the sweep
    ends. The report is the caller's, and at any time it has what is
    there until then.
    However it ends (also when it is cancelled), no task goes on.
    """
    polite = Polite(ask, limits, clock)
    try:
        async with clock.limit(limits.whole):
            async with asyncio.TaskGroup() as group:
                teller = group.create_task(
                    tell(report, limits.every, clock, say)
                )
                await answer_all(catalogues, polite.ask, limits, report)
                teller.cancel()
    except TimeoutError:
        pass  # the time is over
    else:
        report.complete = not report.broken


async def tell(
    report: Report, every: float, clock: Clock, say: Say
) -> None:
    while True:
        await clock.sleep(every)
        say(report.progress())


async def answer_all(
    catalogues: Catalogues, ask: Ask, limits: Limits, report: Report
) -> None:
    queue: asyncio.Queue[Job] = asyncio.Queue(maxsize=limits.room)
    async with asyncio.TaskGroup() as group:
        crew = [
            group.create_task(work(queue, ask, report))
            for _ in range(limits.workers)
        ]
        async with asyncio.TaskGroup() as producers:
            for supplier, isbns in catalogues.items():
                producers.create_task(
                    produce(supplier, isbns, queue, report)
                )
        await queue.join()
        for worker in crew:
            worker.cancel()


async def produce(
    supplier: str,
    isbns: Iterable[str],
    queue: asyncio.Queue[Job],
    report: Report,
) -> None:
    try:
        for isbn in isbns:
            report.read.add((supplier, isbn))
            await queue.put((supplier, isbn))
    except Exception as error:
        report.broken[supplier] = error


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
