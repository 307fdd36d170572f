from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event, Thread

import pytest

from exercise import StockCounter

TILLS = 8
ROUNDS = 20
LONG, SHORT = 0.5, 0.001  # seconds a till waits for the others
LIMIT = 3.0  # seconds until a till counts as stuck
SOON = 1.0  # seconds for a sale that waits for nobody


class SlowCounter(StockCounter):
    """Whoever has read `left` pauses; its lowest value is kept."""

    def __init__(self, left: int, pause: Callable[[], object]) -> None:
        self.pause = pause
        self.lowest = left
        super().__init__(left)

    @property
    def left(self) -> int:
        left = self.on_shelf
        self.pause()
        return left

    @left.setter
    def left(self, left: int) -> None:
        self.on_shelf = left
        self.lowest = min(self.lowest, left)


def patience(rounds: int) -> list[float]:
    """A long first round: all tills meet, on a slow machine too."""
    return [LONG] + [SHORT] * (rounds - 1)


def sell_at_eight_tills(
    n: int, left: int, patience: float
) -> tuple[int, int]:
    """Let eight tills clash; return the sales and the copies left."""
    opening, meeting = Barrier(TILLS), Barrier(TILLS)

    def wait_for_the_others() -> None:
        with suppress(BrokenBarrierError):
            meeting.wait(patience)

    counter = SlowCounter(left, wait_for_the_others)
    answers: list[bool] = []

    def sell() -> None:
        opening.wait(LIMIT)
        answers.append(counter.sell(n))

    tills = [Thread(target=sell, daemon=True) for _ in range(TILLS)]
    for till in tills:
        till.start()
    for till in tills:
        till.join(LIMIT)
        assert not till.is_alive(), "a till never came back from sell()"
    assert answers.count(True) + answers.count(False) == TILLS
    return answers.count(True), counter.on_shelf


def test_one_till_alone():
    counter = StockCounter(left=3)
    assert counter.sell(2) is True
    assert counter.sell(2) is False, "only one copy was left"
    assert counter.left == 1, "a refused sale takes nothing"


def test_left_never_goes_below_zero():
    counter = SlowCounter(1, pause=lambda: None)
    assert counter.sell(2) is False
    if counter.lowest < 0:
        pytest.fail("for a moment less than nothing was left")


def test_five_copies_are_sold_five_times():
    for seconds in patience(ROUNDS):
        sales, left = sell_at_eight_tills(1, 5, seconds)
        if sales > 5:
            pytest.fail("more than five customers paid for five copies")
        assert (sales, left) == (5, 0)


def test_two_copies_a_sale_leave_the_odd_one():
    for seconds in patience(ROUNDS // 4):
        sales, left = sell_at_eight_tills(2, 5, seconds)
        if sales > 2:
            pytest.fail(
                "more than two pairs were sold from five copies"
            )
        assert (sales, left) == (2, 1)


def test_one_book_does_not_wait_for_another():
    reading, go_on = Event(), Event()

    def stop_here() -> None:
        reading.set()
        go_on.wait(2 * LIMIT)

    busy, other = SlowCounter(1, stop_here), StockCounter(1)
    slow = Thread(target=busy.sell, args=(1,), daemon=True)
    quick = Thread(target=other.sell, args=(1,), daemon=True)
    slow.start()
    reading.wait(LIMIT)
    quick.start()
    quick.join(SOON)
    quick_is_done = not quick.is_alive()
    go_on.set()
    slow.join(LIMIT)
    quick.join(LIMIT)
    assert quick_is_done, "each counter needs a lock of its own"
