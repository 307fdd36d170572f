import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from exercise import Clock, Limits, watch

A, B, C = "9780000000019", "9780000000026", "9780000000064"
CTRL_C = "9780000000088"  # the user loses patience at this question
TURNS = 30  # of the event loop, after which everybody waits
REAL = 3.0  # seconds, which no good watch needs
FREE = {"at_once": 9, "pause": 0.0, "whole": 60.0, "every": 100.0}


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
    """They take some seconds for each answer, and some to hang up."""

    def __init__(self, takes: float = 1.0) -> None:
        self.clock = JumpingClock()
        self.takes = takes
        self.read: list[str] = []
        self.asked: list[str] = []
        self.hung_up: list[str] = []

    def catalogue(
        self, *isbns: str, breaks: bool = False
    ) -> Iterator[str]:
        for isbn in isbns:
            self.read.append(isbn)
            yield isbn
        if breaks:
            raise ValueError("no more pages")

    async def ask(self, supplier: str, isbn: str) -> int:
        self.asked.append(isbn)
        try:
            if isbn == CTRL_C:
                signal.raise_signal(signal.SIGINT)
            await self.clock.sleep(self.takes)
            return 1250
        finally:
            await asyncio.sleep(0)
            self.hung_up.append(isbn)


class Screen:
    """Keeps what is said, with the time."""

    def __init__(self, suppliers: Suppliers) -> None:
        self.suppliers = suppliers
        self.lines: list[str] = []
        self.times: list[float] = []

    def say(self, line: str) -> None:
        self.lines.append(line)
        self.times.append(self.suppliers.clock.now())


@pytest.fixture(autouse=True)
def as_in_a_terminal() -> Iterator[None]:
    """Ctrl-C raises KeyboardInterrupt, however pytest was started."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def status_of(
    suppliers: Suppliers,
    catalogues: dict[str, Iterator[str]],
    screen: Screen,
    **limits: float,
) -> int:
    """The exit status of a watch, which must not end in an error."""
    try:
        return watch(
            catalogues,
            suppliers.ask,
            Limits(**FREE | limits),
            suppliers.clock,
            screen.say,
        )
    except KeyboardInterrupt:
        fault = "Ctrl-C came out of watch() as KeyboardInterrupt"
    except Exception as error:
        fault = f"watch() raised {type(error).__name__}: {error}"
    pytest.fail(fault)


def test_the_report_comes_at_the_end():
    suppliers = Suppliers()
    screen = Screen(suppliers)
    books = {"north": suppliers.catalogue(A, B)}
    status = status_of(suppliers, books, screen)
    assert status == 0, "exit status"
    assert screen.lines == [f"north {A} 1250", f"north {B} 1250"]


def test_an_error_of_a_supplier_is_an_answer():
    async def ask(supplier: str, isbn: str) -> int:
        raise LookupError("no such book")

    suppliers = Suppliers()
    suppliers.ask = ask
    screen = Screen(suppliers)
    status = status_of(suppliers, {"north": [A]}, screen)
    assert status == 0, "exit status"
    assert screen.lines == [f"north {A} LookupError: no such book"]


def test_progress_is_told_while_it_runs():
    suppliers = Suppliers(takes=5.0)
    screen = Screen(suppliers)
    books = {"north": suppliers.catalogue(A, B)}
    limits = {"workers": 1, "every": 4.0, "answer": 9.0}
    status_of(suppliers, books, screen, **limits)
    times = screen.times
    assert times == [4, 8, 10, 10], "when a line is said"
    assert screen.lines[0] == "prices 0, errors 0, left 2"
    assert screen.lines[1] == "prices 1, errors 0, left 1"


def test_ctrl_c_ends_it_with_status_130():
    suppliers = Suppliers()
    screen = Screen(suppliers)
    books = {"north": suppliers.catalogue(A, CTRL_C, B)}
    status = status_of(suppliers, books, screen, workers=1)
    assert status == 130, "exit status"
    assert suppliers.asked == [A, CTRL_C], "questions after Ctrl-C"


def test_ctrl_c_loses_nothing():
    suppliers = Suppliers()
    screen = Screen(suppliers)
    books = {
        "north": suppliers.catalogue(A, B, CTRL_C, C),
        "south": suppliers.catalogue(A, B, C),
    }
    status_of(suppliers, books, screen, workers=1, room=2)
    prices = sum("1250" in line for line in screen.lines)
    left = sum("no answer" in line for line in screen.lines)
    answered, read = len(suppliers.asked) - 1, len(suppliers.read)
    assert prices == answered, "prices in the report"
    assert prices + left == read, "each job has a line"


def test_ctrl_c_lets_the_workers_finish():
    suppliers = Suppliers()
    screen = Screen(suppliers)
    books = {"north": suppliers.catalogue(A, CTRL_C, B)}
    status_of(suppliers, books, screen, workers=3)
    asked, hung_up = sorted(suppliers.asked), sorted(suppliers.hung_up)
    assert hung_up == asked, "questions that were hung up"


def test_ctrl_c_ends_it_though_hanging_up_fails():
    suppliers = Suppliers()
    asked = []

    async def ask(supplier: str, isbn: str) -> int:
        if CTRL_C in asked:
            asyncio.current_task().cancel()  # else it never ends
        asked.append(isbn)
        try:
            if isbn == CTRL_C:
                signal.raise_signal(signal.SIGINT)
            await suppliers.clock.sleep(1.0)
            return 1250
        finally:
            if isbn == CTRL_C:
                raise ConnectionResetError("the line is down")

    suppliers.ask = ask
    books = {"north": suppliers.catalogue(A, CTRL_C, B)}
    status_of(suppliers, books, Screen(suppliers), workers=1)
    assert asked == [A, CTRL_C], "questions after Ctrl-C"


def test_a_broken_catalogue_does_not_stop_the_others():
    suppliers = Suppliers()
    screen = Screen(suppliers)
    books = {
        "north": suppliers.catalogue(A, breaks=True),
        "south": suppliers.catalogue(A, B, C),
    }
    status = status_of(suppliers, books, screen, workers=1, room=1)
    assert status == 1, "a catalogue broke"
    prices = sum("1250" in line for line in screen.lines)
    assert prices == 4, "one price from north, three from south"
    last = screen.lines[-1]
    assert last == "north catalogue ValueError: no more pages"


def test_when_the_time_is_over_it_says_what_is_there():
    suppliers = Suppliers(takes=2.0)
    screen = Screen(suppliers)
    books = {"north": suppliers.catalogue(A, B)}
    status = status_of(suppliers, books, screen, workers=1, whole=3.0)
    assert status == 1, "the time was over"
    assert screen.lines == [f"north {A} 1250", f"north {B} no answer"]


def test_it_runs_by_the_real_clock():
    async def ask(supplier: str, isbn: str) -> int:
        return 1250

    lines: list[str] = []
    books = {"north": [A]}
    limits = Limits(whole=REAL)
    status = watch(books, ask, limits, Clock(), lines.append)
    assert status == 0, "exit status"
    assert lines == [f"north {A} 1250"]
