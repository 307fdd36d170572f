import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from queue import Empty, Queue
from threading import Event, Lock, Semaphore, Thread

import pytest

from exercise import catalogue_check, price_table

BOOKS = ["9780000000019", "9780000000026", "9780000000064"]
LIMIT = 3.0  # seconds until a test says: this hangs
MOMENT = 0.05  # seconds in which something may happen, or not
START = 8.0  # seconds in which two processes start, also when busy
LATER = 0.5  # seconds in which one more may start, or not


def north(isbn: str) -> int:
    return int(isbn[-3:]) * 10


def south(isbn: str) -> int:
    return north(isbn) - 50


def closed(isbn: str) -> int:
    raise ConnectionError(f"closed, {isbn}")


class Gate:
    """A supplier whose calls wait until the gate is open."""

    def __init__(self) -> None:
        self.open = Event()
        self.arrived = Semaphore(0)

    def answer(self, isbn: str) -> int:
        self.arrived.release()
        self.open.wait()
        return north(isbn)

    def has_arrived(self, seconds: float) -> bool:
        return self.arrived.acquire(timeout=seconds)


class Slowly:
    """The later a call is made, the earlier it is answered."""

    def __init__(self, calls: int) -> None:
        self.lock = Lock()
        self.done = [Event() for _ in range(calls)]
        self.number = 0

    def answer(self, isbn: str) -> int:
        with self.lock:
            number, self.number = self.number, self.number + 1
        for later in self.done[number + 1 :]:
            later.wait(MOMENT)
        self.done[number].set()
        return north(isbn)


def in_background(
    work: Callable[[], object],
) -> tuple[Thread, Future]:
    """Start the work in a thread of its own."""
    future: Future = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as error:
            future.set_exception(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    return thread, future


def check_digit(isbn: str) -> bool:
    """Whether the check digit of an ISBN is right."""
    digits = [int(digit) for digit in isbn]
    return (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0


def check_later(
    arrived: Queue[int], gates: dict[str, Event], isbn: str
) -> str:
    """A check that waits until its gate is open."""
    arrived.put(os.getpid())
    gates[isbn].wait()
    return isbn


def has_come(arrived: Queue[int], seconds: float) -> bool:
    with suppress(Empty):
        return arrived.get(timeout=seconds) > 0
    return False


def test_a_row_for_each_book_in_their_order():
    table = price_table(BOOKS, {"north": north, "south": south}, 2)
    assert table == [
        {"north": north(isbn), "south": south(isbn)} for isbn in BOOKS
    ]
    assert list(table[0]) == ["north", "south"]


def test_a_late_answer_keeps_its_place():
    slowly = Slowly(len(BOOKS)).answer
    table = price_table(BOOKS, {"slowly": slowly}, len(BOOKS))
    assert table == [{"slowly": north(isbn)} for isbn in BOOKS]


@pytest.mark.parametrize("workers", [1, 3])
def test_as_many_calls_at_once_as_workers(workers):
    gate, threads = Gate(), set(threading.enumerate())
    suppliers = {"west": gate.answer, "east": gate.answer}

    def ask_and_look() -> set[Thread]:
        price_table(BOOKS, suppliers, workers)
        return set(threading.enumerate()) - threads

    background, seen = in_background(ask_and_look)
    try:
        for number in range(workers):
            if not gate.has_arrived(LIMIT):
                pytest.fail(f"only {number} of {workers} workers ask")
        too_many = gate.has_arrived(MOMENT)
    finally:
        gate.open.set()
        background.join(LIMIT)
    left = seen.result(LIMIT) - {background}
    assert not too_many, f"{workers} workers, and more calls at once"
    assert not left, "a thread is left"


def test_a_supplier_that_fails_does_not_lose_the_others():
    table = None
    with suppress(ConnectionError):
        table = price_table(
            BOOKS, {"closed": closed, "north": north}, 2
        )
    assert table, "one failing supplier lost the whole table"
    assert [row["north"] for row in table] == list(map(north, BOOKS))
    for row, isbn in zip(table, BOOKS, strict=True):
        assert isinstance(row["closed"], ConnectionError)
        assert isbn in str(row["closed"]), "another call's error"


def test_checks_run_side_by_side_in_other_processes():
    with get_context("spawn").Manager() as manager:
        arrived = manager.Queue()  # worker processes share these
        gates = {isbn: manager.Event() for isbn in BOOKS}
        check = partial(check_later, arrived, gates)
        background, results = in_background(
            lambda: catalogue_check(BOOKS, check, workers=2)
        )
        try:
            if arrived.get(timeout=START) == os.getpid():
                pytest.fail("the checks run in this process")
            if not has_come(arrived, START):
                pytest.fail("only 1 of 2 workers checks")
            too_many = has_come(arrived, LATER)
            gates[BOOKS[1]].set()  # it ends before the first
            next_one = too_many or has_come(arrived, START)
        finally:
            for gate in gates.values():
                gate.set()
            background.join(START)
        assert results.result(START) == BOOKS
    assert not too_many, "2 workers, and more checks at once"
    assert next_one, "the second worker did not go on"


def test_a_check_that_fails_does_not_lose_the_others():
    isbns = ["9780000000064", "978-000000006-4", "9780000000065"]
    results = None
    with suppress(ValueError):
        results = catalogue_check(isbns, check_digit, workers=1)
    assert results, "one bad ISBN lost the whole check"
    assert (results[0], results[2]) == (True, False)
    assert isinstance(results[1], ValueError)
