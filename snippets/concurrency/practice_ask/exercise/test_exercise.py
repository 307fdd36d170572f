import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator

import pytest

from exercise import sweep

BOOKS = [
    "9780000000019",
    "9780000000026",
    "9780000000033",
    "9780000000040",
    "9780000000057",
    "9780000000064",
    "9780000000071",
    "9780000000088",
]
WORKERS, ROOM = 3, 4
THINKING = 5  # turns of the event loop that a supplier takes
TURNS = 100  # after which everybody waits for a closed gate
PATIENCE = 1.0  # seconds after which a test says: this hangs


class Suppliers:
    """They answer when the gate is open, and count their use."""

    def __init__(
        self,
        broken: set[str] = frozenset(),
        error: type[Exception] = LookupError,
    ) -> None:
        self.broken = broken  # the ISBNs they cannot find
        self.error = error
        self.gate = asyncio.Event()
        self.read: list[tuple[str, str]] = []
        self.asked: Counter[tuple[str, str]] = Counter()
        self.in_flight = self.peak = 0

    def catalogue(self, supplier: str) -> Iterator[str]:
        for isbn in BOOKS:
            self.read.append((supplier, isbn))
            yield isbn

    def catalogues(self) -> dict[str, Iterator[str]]:
        names = ("north", "south", "east")
        return {name: self.catalogue(name) for name in names}

    async def ask(self, supplier: str, isbn: str) -> int:
        self.asked[supplier, isbn] += 1
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        try:
            await self.gate.wait()
            for _ in range(THINKING):
                await asyncio.sleep(0)
            if isbn in self.broken:
                raise self.error(f"{supplier} has no such book")
            return price(supplier, isbn)
        finally:
            self.in_flight -= 1


def price(supplier: str, isbn: str) -> int:
    return len(supplier) * 100 + int(isbn[-2:])


def others() -> set[asyncio.Task]:
    return asyncio.all_tasks() - {asyncio.current_task()}


def play(scene: Callable[[], Awaitable[None]]) -> None:
    """Run a test's coroutine, and clear up if it has failed."""

    async def scene_and_clearing_up() -> None:
        try:
            await scene()
        finally:
            for _ in range(TURNS):  # some take more than one
                for task in others():
                    task.cancel()
                await asyncio.sleep(0)

    asyncio.run(scene_and_clearing_up())


def start(suppliers: Suppliers, workers: int = WORKERS) -> asyncio.Task:
    return asyncio.create_task(
        sweep(suppliers.catalogues(), suppliers.ask, workers, ROOM)
    )


async def settle() -> None:
    for _ in range(TURNS):
        await asyncio.sleep(0)


async def end_of(task: asyncio.Task, reason: str) -> None:
    await asyncio.wait([task], timeout=PATIENCE)
    if not task.done():
        pytest.fail(f"sweep() still waits, {reason}")


def test_every_price_is_in_the_report():
    async def scene():
        suppliers = Suppliers()
        task = start(suppliers)
        await settle()
        suppliers.gate.set()
        await end_of(task, "though every supplier answers")
        prices = task.result().prices
        lost = len(set(suppliers.read) - prices.keys())
        assert lost == 0, "jobs were read and have no price"
        assert prices == {job: price(*job) for job in suppliers.read}
        assert set(suppliers.asked.values()) == {1}

    play(scene)


def test_the_workers_share_the_jobs():
    async def scene():
        suppliers = Suppliers()
        task = start(suppliers)
        await settle()
        assert suppliers.in_flight == WORKERS, "questions at once"
        suppliers.gate.set()
        await end_of(task, "though every supplier answers")
        assert suppliers.peak == WORKERS, "questions at once"

    play(scene)


def test_the_producers_do_not_run_ahead():
    async def scene():
        suppliers = Suppliers()
        start(suppliers)
        await settle()  # nobody has answered yet
        producers = {supplier for supplier, _ in suppliers.read}
        assert len(producers) == 3, "each supplier has a producer"
        read = len(suppliers.read)
        assert read <= WORKERS + ROOM + len(producers), "too far ahead"

    play(scene)


def test_errors_are_kept_beside_the_prices():
    async def scene():
        suppliers = Suppliers(broken={BOOKS[0], BOOKS[4]})
        suppliers.gate.set()
        task = start(suppliers)
        await end_of(task, "after an error")
        if task.exception():
            pytest.fail("an error of a supplier stopped the sweep")
        report = task.result()
        prices, errors = len(report.prices), len(report.errors)
        assert (prices, errors) == (18, 6), "prices and errors"
        assert report.lines()[-1] == (
            "south 9780000000057 LookupError: south has no such book"
        )

    play(scene)


def test_one_worker_outlives_every_error():
    async def scene():
        suppliers = Suppliers(broken=set(BOOKS), error=OSError)
        suppliers.gate.set()
        task = start(suppliers, workers=1)
        await end_of(task, "after an error")
        if task.exception():
            pytest.fail("an error of a supplier stopped the sweep")
        errors = len(task.result().errors)
        assert errors == 24, "errors, one for each question"

    play(scene)


def test_nobody_is_left_at_the_end():
    async def scene():
        suppliers = Suppliers()
        suppliers.gate.set()
        task = start(suppliers)
        await end_of(task, "though every supplier answers")
        assert not others(), "it has ended and left tasks running"

    play(scene)


def test_nobody_is_left_when_it_is_cancelled():
    async def scene():
        suppliers = Suppliers()
        task = start(suppliers)
        await settle()
        task.cancel()
        await end_of(task, "though it was cancelled")
        assert task.cancelled()
        assert not others(), "it has ended and left tasks running"
        assert suppliers.in_flight == 0

    play(scene)
