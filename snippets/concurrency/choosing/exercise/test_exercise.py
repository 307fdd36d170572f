import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from threading import Condition, Event, Thread

import pytest

from exercise import LINES, PriceSweep, Report, TaskSweep, ThreadSweep

MODELS = ["threads", "tasks"]
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
LONG = 60.0  # seconds; a limit that no test reaches
SHORT = 0.1  # a limit that is reached
SLOW = 0.2  # until a silent supplier answers after all, if it does
MOMENT = 0.05  # seconds in which a question too many may come
PATIENCE = 2.5  # seconds until a test says: this hangs


def isbns() -> Iterator[str]:
    for number in range(1, 21):
        digits = f"97800000{number:04}"
        total = sum(map(int, digits[::2])) + 3 * sum(
            map(int, digits[1::2])
        )
        yield f"{digits}{-total % 10}"


QUESTIONS = [(name, isbn) for name in EXTRA_CENTS for isbn in isbns()]


def price_of(supplier: str, isbn: str) -> int:
    return 1000 + int(isbn[-3:]) + EXTRA_CENTS[supplier]


class Waiting(asyncio.Future):
    """Notes when it is cancelled in another thread than its own."""

    def __init__(self, cancelled_from: list[str]) -> None:
        super().__init__()
        self.cancelled_from = cancelled_from
        self.thread = threading.current_thread()

    def cancel(self, msg: object = None) -> bool:
        thread = threading.current_thread()
        if thread is not self.thread:
            self.cancelled_from.append(thread.name)
            return False
        return super().cancel(msg)

    def go_on(self) -> None:
        if not self.done():
            self.set_result(None)


class Desk:
    """The suppliers; those in `silent` answer when they are let."""

    def __init__(self, silent: Iterable[str] = ()) -> None:
        self.gates = {name: Event() for name in EXTRA_CENTS}
        for supplier in EXTRA_CENTS.keys() - set(silent):
            self.gates[supplier].set()
        self.patience: float | None = None
        self.failures: dict[tuple[str, str], int] = {}
        self.asked: list[tuple[str, str]] = []
        self.in_flight: Counter[str] = Counter()
        self.peaks: Counter[str] = Counter()
        self.answers: Counter[str] = Counter()
        self.waiting: list[Waiting] = []
        self.cancelled_from: list[str] = []
        self.hang_up = "is cancelled"
        self.changed = Condition()

    def ask(self, supplier: str, isbn: str) -> int:
        self.begin(supplier, isbn)
        try:
            self.gates[supplier].wait(self.patience)
            return self.answer(supplier, isbn)
        finally:
            self.end(supplier)

    async def ask_in_a_task(self, supplier: str, isbn: str) -> int:
        self.begin(supplier, isbn)
        try:
            waiting = Waiting(self.cancelled_from)
            with self.changed:
                if self.gates[supplier].is_set():
                    waiting.go_on()
                self.waiting.append(waiting)
            try:
                await waiting
            except asyncio.CancelledError:
                if self.hang_up == "fails":
                    raise ConnectionError("while hanging up") from None
                if self.hang_up != "answers":
                    raise
            return self.answer(supplier, isbn)
        finally:
            self.end(supplier)

    def begin(self, supplier: str, isbn: str) -> None:
        with self.changed:
            self.asked.append((supplier, isbn))
            self.in_flight[supplier] += 1
            self.peaks |= self.in_flight
            self.changed.notify_all()

    def answer(self, supplier: str, isbn: str) -> int:
        with self.changed:
            times = self.asked.count((supplier, isbn))
            if times <= self.failures.get((supplier, isbn), 0):
                raise ConnectionError(
                    f"{supplier} failed {times} times"
                )
            self.answers[supplier] += 1
            return price_of(supplier, isbn)

    def asked_of(self, supplier: str) -> int:
        return [name for name, _ in self.asked].count(supplier)

    def end(self, supplier: str) -> None:
        with self.changed:
            self.in_flight[supplier] -= 1
            self.changed.notify_all()

    def let_all_answer(self) -> None:
        with self.changed:
            for gate in self.gates.values():
                gate.set()
            for waiting in self.waiting:
                with suppress(RuntimeError):  # its loop has ended
                    loop = waiting.get_loop()
                    loop.call_soon_threadsafe(waiting.go_on)


class Running:
    """A sweep that has been started in a thread of its own."""

    def __init__(
        self,
        model: str,
        desk: Desk,
        limit: float = LONG,
        cancel_first: bool = False,
    ) -> None:
        self.sweep: PriceSweep
        if model == "threads":
            self.sweep = ThreadSweep(desk.ask, QUESTIONS)
        else:
            self.sweep = TaskSweep(desk.ask_in_a_task, QUESTIONS)
        self.desk = desk
        self.before = set(threading.enumerate())
        if cancel_first:
            self.sweep.cancel()
        self.future: Future[Report] = Future()
        self.thread = Thread(
            target=self.run, args=(limit,), daemon=True
        )
        self.thread.start()

    def run(self, limit: float) -> None:
        try:
            self.future.set_result(self.sweep.run(limit))
        except Exception as error:
            self.future.set_exception(error)
        with self.desk.changed:
            self.desk.changed.notify_all()

    def wait_until(
        self, statement: Callable[[], bool], patience: float = PATIENCE
    ) -> bool:
        """Whether it becomes true while the sweep runs."""
        with self.desk.changed:
            self.desk.changed.wait_for(
                lambda: statement() or self.future.done(), patience
            )
            return statement()

    def report(self) -> Report:
        """What run() returned, when nothing of it is left."""
        if not self.wait_until(self.future.done):
            pytest.fail("run() goes on and on")
        self.thread.join(PATIENCE)
        error = self.future.exception()
        if error is not None:
            pytest.fail(f"run() raised {type(error).__name__}")
        left = set(threading.enumerate()) - self.before
        assert not left, "run() has ended and left threads behind"
        assert not self.desk.in_flight.total(), "a question goes on"
        return self.future.result()


@pytest.fixture
def start() -> Iterator[Callable[..., Running]]:
    """Start a sweep; at the end of the test it is let go."""
    started: list[Running] = []

    def start(*arguments: object, **options: object) -> Running:
        started.append(Running(*arguments, **options))
        return started[-1]

    yield start
    for running in started:
        running.desk.let_all_answer()
        running.thread.join(PATIENCE)


@pytest.mark.parametrize("model", MODELS)
def test_sixty_prices_in_their_order(model, start):
    report = start(model, Desk()).report()
    if list(report.prices) != sorted(QUESTIONS):
        pytest.fail("not all prices, or not in their order")
    assert report.prices == {q: price_of(*q) for q in QUESTIONS}
    assert (report.errors, report.missing) == ({}, [])


@pytest.mark.parametrize("model", MODELS)
def test_two_questions_at_once_with_each_supplier(model, start):
    desk = Desk(silent=EXTRA_CENTS)
    running = start(model, desk)
    six = LINES * len(EXTRA_CENTS)
    at_once = running.wait_until(lambda: desk.in_flight.total() >= six)
    time.sleep(MOMENT)
    if not at_once:
        pytest.fail(f"fewer than {six} questions are in flight")
    desk.let_all_answer()
    running.report()
    if max(desk.peaks.values()) > LINES:
        pytest.fail("too many questions at once with one supplier")


@pytest.mark.parametrize("model", MODELS)
def test_a_silent_supplier_holds_up_nobody_else(model, start):
    desk = Desk(silent=["north"])
    running = start(model, desk)

    def others_are_done() -> bool:
        return desk.answers["south"] == desk.answers["east"] == 20

    all_lines = LINES * len(EXTRA_CENTS)
    running.wait_until(
        lambda: (
            others_are_done() or desk.in_flight["north"] == all_lines
        )
    )
    if not running.wait_until(others_are_done, MOMENT):
        pytest.fail("south and east wait for north")
    desk.let_all_answer()
    assert len(running.report().prices) == len(QUESTIONS)


@pytest.mark.parametrize("model", MODELS)
def test_a_question_that_fails_is_asked_once_more(model, start):
    once, always = QUESTIONS[3], QUESTIONS[30]
    desk = Desk()
    desk.failures = {once: 1, always: 9}
    report = start(model, desk).report()
    if once not in report.prices:
        pytest.fail("a question that failed once has no price")
    assert report.prices[once] == price_of(*once)
    assert list(report.errors) == [always]
    assert report.errors[always] == f"{always[0]} failed 2 times"
    assert desk.asked.count(once) == desk.asked.count(always) == 2
    assert len(report.prices) == len(QUESTIONS) - 1
    assert report.missing == []


def test_both_give_the_same_report(start):
    reports = []
    for model in MODELS:
        desk = Desk()
        desk.failures = dict.fromkeys(QUESTIONS[::7], 2)
        reports.append(start(model, desk).report())
    assert reports[0] == reports[1]
    if list(reports[0].errors) != sorted(QUESTIONS[::7]):
        pytest.fail("not all errors, or not in their order")


@pytest.mark.parametrize("model", MODELS)
def test_the_limit_ends_it(model, start):
    desk = Desk(silent=["north"])
    desk.patience = SLOW
    report = start(model, desk, limit=SHORT).report()
    if desk.asked_of("north") == 20:
        pytest.fail("it goes on asking after the limit")
    known = report.prices.keys() | set(report.missing)
    assert known == set(QUESTIONS)
    assert report.missing == sorted(report.missing)


@pytest.mark.parametrize("model", MODELS)
def test_cancelling_returns_what_is_there(model, start):
    desk = Desk(silent=["north"])
    running = start(model, desk)

    def midway() -> bool:
        return (
            desk.answers == {"south": 20, "east": 20}
            and desk.in_flight["north"] == LINES
        )

    running.wait_until(
        lambda: midway() or desk.in_flight["north"] > LINES
    )
    if not midway():
        pytest.fail("it does not come to what this test cancels")
    running.sweep.cancel()
    if desk.cancelled_from:
        pytest.fail("cancelled in another thread than the loop's")
    if model == "threads":  # its calls have to come to their end
        desk.let_all_answer()
    report = running.report()
    assert desk.asked_of("north") == LINES
    kept = LINES if model == "threads" else 0
    assert len(report.prices) == 40 + kept
    assert len(report.prices) + len(report.missing) == len(QUESTIONS)


@pytest.mark.parametrize("model", MODELS)
def test_cancelling_before_or_after_run_does_nothing(model, start):
    running = start(model, Desk(), cancel_first=True)
    report = running.report()
    if len(report.prices) != len(QUESTIONS):
        pytest.fail("a cancel() before run() keeps it from asking")
    running.sweep.cancel()
    assert running.sweep.report() == report


@pytest.mark.parametrize("hang_up", ["fails", "answers"])
def test_a_cancelled_task_asks_no_more(hang_up, start):
    desk = Desk(silent=["north"])
    desk.hang_up = hang_up
    running = start("tasks", desk, limit=SHORT)
    if running.wait_until(lambda: desk.asked_of("north") > LINES):
        pytest.fail("a call swallowed its cancellation: it asks on")
    if not running.future.done():
        pytest.fail("run() goes on and on")
    assert not running.sweep.errors
