import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from exercise import Clock, Limits, Report, sweep

A, B, C = "9780000000019", "9780000000026", "9780000000064"
SILENT = "9780000000088"  # no supplier ever answers for this one
TURNS = 30  # of the event loop, after which everybody waits
PATIENCE = 10_000  # turns after which a test says: this hangs
FREE = {"at_once": 9, "pause": 0.0, "tries": 1, "answer": 1000.0}


class JumpingClock(Clock):
    """When everybody waits, it jumps to the next alarm."""

    def __init__(self) -> None:
        self.time = 0.0
        self.alarms: list[float] = []
        self.quiet = 0  # turns of the loop since somebody moved

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        alarm = self.time + seconds
        self.alarms.append(alarm)
        self.quiet = 0
        try:
            while self.time < alarm:
                await asyncio.sleep(0)
                self.quiet += 1
                if self.quiet > TURNS * len(self.alarms):
                    self.time = min(self.alarms)
                    self.quiet = 0
        finally:
            self.alarms.remove(alarm)
            self.quiet = 0

    @asynccontextmanager
    async def limit(self, seconds: float) -> AsyncIterator[None]:
        async with asyncio.timeout(None) as limit:
            bell = asyncio.create_task(self.ring(limit, seconds))
            try:
                yield
            finally:
                bell.cancel()
                await asyncio.wait([bell])

    async def ring(
        self, limit: asyncio.Timeout, seconds: float
    ) -> None:
        await self.sleep(seconds)
        limit.reschedule(0.0)  # a time that is over


class Suppliers:
    """They follow a script, and note when they are asked."""

    def __init__(
        self,
        clock: Clock,
        takes: float = 0.0,
        errors: dict[str, list[Exception]] | None = None,
    ) -> None:
        self.clock = clock
        self.takes = takes  # seconds for each answer
        self.errors = errors or {}  # by ISBN, one after the other
        self.times: dict[str, list[float]] = defaultdict(list)
        self.asked: dict[str, list[float]] = defaultdict(list)
        self.in_flight: Counter[str] = Counter()
        self.peak: Counter[str] = Counter()

    async def ask(self, supplier: str, isbn: str) -> int:
        self.times[supplier].append(self.clock.now())
        self.asked[isbn].append(self.clock.now())
        self.in_flight[supplier] += 1
        self.peak[supplier] = max(
            self.peak[supplier], self.in_flight[supplier]
        )
        try:
            if self.takes:
                await self.clock.sleep(self.takes)
            if self.errors.get(isbn):
                raise self.errors[isbn].pop(0)
            if isbn == SILENT:
                await asyncio.Event().wait()
            return 1250
        finally:
            self.in_flight[supplier] -= 1


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


async def end_of(task: asyncio.Task) -> None:
    turns = 0
    while not task.done() and turns < PATIENCE:
        await asyncio.sleep(0)
        turns += 1


async def report_of(
    suppliers: Suppliers, books: dict[str, list[str]], **limits: float
) -> Report:
    """The report of a sweep, which has to end by itself."""
    asked = sweep(
        books, suppliers.ask, Limits(**FREE | limits), suppliers.clock
    )
    task = asyncio.create_task(asked)
    await end_of(task)
    if not task.done():
        pytest.fail("sweep() never ends")
    if others():
        pytest.fail("sweep() has ended and left tasks running")
    return task.result()


def test_each_supplier_has_its_own_places():
    async def scene():
        suppliers = Suppliers(JumpingClock(), takes=10.0)
        books = {"north": [A, B, C], "south": [A, B, C]}
        await report_of(suppliers, books, at_once=2)
        assert suppliers.peak["north"] == 2, (
            "questions to north at once"
        )
        times = dict(suppliers.times)
        assert times["north"] == [0, 0, 10], "when north is asked"
        assert times["south"] == [0, 0, 10], "when south is asked"

    play(scene)


def test_there_is_a_pause_before_each_question():
    async def scene():
        suppliers = Suppliers(JumpingClock())
        books = {"north": [A, B, C], "south": [A, B, C]}
        await report_of(suppliers, books, pause=1.0)
        times = dict(suppliers.times)
        assert times["north"] == [0, 1, 2], "when north is asked"
        assert times["south"] == [0, 1, 2], "when south is asked"

    play(scene)


def test_a_late_question_need_not_wait():
    async def scene():
        suppliers = Suppliers(JumpingClock(), takes=10.0)
        books = {"north": [A, B, C]}
        await report_of(suppliers, books, pause=1.0, at_once=1)
        times = suppliers.times["north"]
        assert times == [0, 10, 20], "when north is asked"

    play(scene)


def test_places_that_become_free_together_do_not_end_the_pause():
    async def scene():
        suppliers = Suppliers(JumpingClock(), takes=4.0)
        await report_of(
            suppliers,
            {"north": [SILENT, A, B, C]},  # two end at second 5
            at_once=2,
            pause=1.0,
            answer=5.0,
        )
        times = suppliers.times["north"]
        assert times == [0, 1, 5, 6], "when north is asked"

    play(scene)


def test_the_pause_is_kept_when_the_loop_was_held_up():
    class HeldUp(JumpingClock):
        """Whoever wakes at second 1 finds that it is second 3."""

        async def sleep(self, seconds: float) -> None:
            await super().sleep(seconds)
            if self.time == 1:
                self.time = 3.0

    async def scene():
        suppliers = Suppliers(HeldUp())
        await report_of(suppliers, {"north": [A, B, C]}, pause=1.0)
        times = suppliers.times["north"]
        assert times == [0, 3, 4], "when north is asked"

    play(scene)


def test_temporary_errors_are_tried_again_later():
    async def scene():
        bad_line = [ConnectionError("bad line")] * 3
        suppliers = Suppliers(JumpingClock(), errors={A: bad_line})
        books = {"north": [A]}
        report = await report_of(
            suppliers, books, tries=4, back_off=2.0
        )
        assert suppliers.asked[A] == [0, 2, 6, 14], "the tries for A"
        assert report.prices == {("north", A): 1250}

    play(scene)


def test_it_gives_up_after_the_last_try():
    async def scene():
        bad_line = [ConnectionError("bad line")] * 9
        suppliers = Suppliers(JumpingClock(), errors={A: bad_line})
        report = await report_of(suppliers, {"north": [A, B]}, tries=3)
        tries = len(suppliers.asked[A])
        assert tries == 3, "tries for A"
        error = report.errors.get(("north", A))
        assert isinstance(error, ConnectionError)
        assert report.prices == {("north", B): 1250}

    play(scene)


def test_the_last_try_is_the_end():
    async def scene():
        errors = {A: [ConnectionError("1"), ConnectionError("2")]}
        suppliers = Suppliers(JumpingClock(), errors=errors)
        limits = {"tries": 2, "pause": 5.0, "back_off": 1.0}
        report = await report_of(suppliers, {"north": [A]}, **limits)
        assert suppliers.asked[A] == [0, 5], "each try has its turn"
        error = report.errors.get(("north", A))
        assert str(error) == "2", "the last error"
        assert suppliers.clock.now() == 5, "nothing is left to wait for"

    play(scene)


def test_other_errors_are_final():
    async def scene():
        no_book = [LookupError("no such book")] * 9
        not_you = [PermissionError("no account")] * 9  # an OSError
        suppliers = Suppliers(
            JumpingClock(), errors={A: no_book, B: not_you}
        )
        report = await report_of(suppliers, {"north": [A, B]}, tries=3)
        tries = len(suppliers.asked[A]), len(suppliers.asked[B])
        assert tries == (1, 1), "tries for A and B"
        assert isinstance(report.errors.get(("north", A)), LookupError)

    play(scene)


def test_a_wait_for_the_next_try_takes_no_place():
    async def scene():
        bad_line = [ConnectionError("bad line")]
        suppliers = Suppliers(JumpingClock(), errors={A: bad_line})
        await report_of(
            suppliers,
            {"north": [A, B]},
            at_once=1,
            tries=2,
            back_off=2.0,
        )
        assert suppliers.asked[A] == [0, 2], "the tries for A"
        assert suppliers.asked[B] == [0], "B waited for A's next try"

    play(scene)


def test_no_answer_in_time_is_a_temporary_error():
    async def scene():
        suppliers = Suppliers(JumpingClock())
        books = {"north": [SILENT, A]}
        report = await report_of(
            suppliers, books, answer=5.0, tries=3, back_off=3.0
        )
        tries = suppliers.asked[SILENT]
        assert tries == [0, 8, 19], "the tries without an answer"
        error = report.errors.get(("north", SILENT))
        assert isinstance(error, TimeoutError)
        assert report.prices == {("north", A): 1250}

    play(scene)


def test_waiting_for_the_start_is_free():
    async def scene():
        suppliers = Suppliers(JumpingClock(), takes=4.0)
        report = await report_of(
            suppliers, {"north": [A, B, C]}, pause=9.0, answer=5.0
        )
        errors = len(report.errors)
        assert errors == 0, "questions that timed out too early"
        times = suppliers.times["north"]
        assert times == [0, 9, 18], "when north is asked"

    play(scene)


def test_the_whole_sweep_has_a_limit():
    async def scene():
        suppliers = Suppliers(JumpingClock())
        books = {"north": [SILENT, A, B], "south": [SILENT]}
        report = await report_of(
            suppliers, books, workers=2, room=1, whole=3.0
        )
        assert suppliers.clock.now() == 3, "the end"
        assert report.complete is False
        assert ("north", SILENT) in report.left
        answers = report.prices.keys() | report.errors.keys()
        assert report.read == answers | report.left

    play(scene)


def test_with_time_enough_the_report_is_complete():
    async def scene():
        suppliers = Suppliers(JumpingClock())
        report = await report_of(
            suppliers, {"north": [A], "south": [B]}
        )
        assert report.complete is True
        assert report.left == set()
        assert report.lines() == [f"north {A} 1250", f"south {B} 1250"]

    play(scene)


def test_it_can_be_cancelled():
    async def scene():
        suppliers = Suppliers(JumpingClock())
        books = {"north": [SILENT, A]}  # A waits for its turn
        asked = sweep(books, suppliers.ask, Limits(), Clock())
        task = asyncio.create_task(asked)
        while not suppliers.asked[SILENT]:
            await asyncio.sleep(0)
        task.cancel()
        await end_of(task)
        assert task.cancelled(), "a cancellation was swallowed"
        assert not others(), "it has ended and left tasks running"

    play(scene)


def test_it_can_be_cancelled_though_hanging_up_fails():
    async def scene():
        suppliers = Suppliers(JumpingClock())

        async def ask(supplier: str, isbn: str) -> int:
            try:
                return await suppliers.ask(supplier, isbn)
            finally:
                raise ConnectionResetError("the line is down")

        books = {"north": [SILENT]}
        asked = sweep(books, ask, Limits(), suppliers.clock)
        task = asyncio.create_task(asked)
        while not suppliers.asked[SILENT]:
            await asyncio.sleep(0)
        task.cancel()
        await end_of(task)
        assert len(suppliers.asked[SILENT]) == 1, "it asks again"
        assert task.cancelled(), "a cancellation was swallowed"

    play(scene)
