import asyncio
from collections.abc import Awaitable, Callable

import pytest

from exercise import cheapest

NIGHT_TRAINS = "9780000000064"
LONG = 30.0  # a limit, in seconds, that no test reaches
SHORT = 0.02  # a limit that is reached
TURNS = 10  # of the event loop, which a supplier takes to hang up
MANY = 50  # turns: enough to hang up, and for what follows
PATIENCE = 1.0  # seconds after which a test says: this hangs
CLOSED = ConnectionError("south is closed")


class Supplier:
    """Answers, or fails, at an open gate; hangs up when it may."""

    def __init__(self, answer: int | Exception) -> None:
        self.answer = answer
        self.gate = asyncio.Event()
        self.asked = asyncio.Event()
        self.may_hang_up = asyncio.Event()
        self.may_hang_up.set()
        self.ended = False

    async def __call__(self, isbn: str) -> int:
        self.asked.set()
        try:
            await self.gate.wait()
        finally:
            await turns(TURNS)
            await self.may_hang_up.wait()
            self.ended = True
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


async def turns(number: int) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


async def go_forward(seconds: float) -> None:
    """Put the loop's clock forward, between many turns."""
    await turns(MANY)
    loop = asyncio.get_running_loop()
    time = loop.time
    loop.time = lambda: time() + seconds
    await turns(MANY)


def others() -> set[asyncio.Task]:
    return asyncio.all_tasks() - {asyncio.current_task()}


def play(scene: Callable[[], Awaitable[None]]) -> None:
    """Run a test's coroutine, and clear up if it has failed."""

    async def scene_and_clearing_up() -> None:
        try:
            await scene()
        finally:
            for task in others():
                task.cancel()
                await asyncio.wait([task], timeout=PATIENCE)

    asyncio.run(scene_and_clearing_up())


def start(*suppliers: Supplier, limit: float = LONG) -> asyncio.Task:
    return asyncio.create_task(cheapest(NIGHT_TRAINS, suppliers, limit))


async def end_of(task: asyncio.Task, reason: str) -> asyncio.Task:
    await asyncio.wait([task], timeout=PATIENCE)
    if not task.done():
        pytest.fail(f"cheapest() still waits, {reason}")
    return task


def nothing_goes_on(*suppliers: Supplier) -> None:
    if others():
        pytest.fail("cheapest() has ended and left tasks running")
    for supplier in suppliers:
        assert supplier.ended, "cheapest() left before the clean-up"


def test_the_first_price_is_returned_and_the_rest_cancelled():
    async def scene():
        north, south, east = map(Supplier, (1250, 1200, 1325))
        east.gate.set()
        task = start(north, south, east)
        await end_of(task, "though east has answered")
        assert task.result() == 1325
        nothing_goes_on(north, south, east)

    play(scene)


def test_all_are_asked_together():
    async def scene():
        suppliers = [Supplier(1250), Supplier(1200)]
        task = start(*suppliers)
        for supplier in suppliers:
            asked = asyncio.create_task(supplier.asked.wait())
            await end_of(asked, "before it has asked everybody")
        for supplier in suppliers:
            supplier.gate.set()
        await end_of(task, "though everybody has answered")

    play(scene)


@pytest.mark.parametrize(
    "answers", [(1250, 1200), (1200, 1250), (CLOSED, 1200)]
)
def test_of_answers_at_the_same_moment_the_lowest_counts(answers):
    async def scene():
        suppliers = [Supplier(answer) for answer in answers]
        for supplier in suppliers:
            supplier.gate.set()
        task = start(*suppliers)
        await end_of(task, "though everybody has answered")
        end = task.exception() or task.result()
        assert end == 1200

    play(scene)


def test_a_failure_is_passed_over():
    async def scene():
        south, north = Supplier(CLOSED), Supplier(1250)
        south.gate.set()
        task = start(south, north)
        await turns(MANY)  # time enough to give up too early
        if task.done():
            end = task.exception() or task.result()
            pytest.fail(f"north can still answer, but it ended: {end}")
        north.gate.set()
        await end_of(task, "though north has answered")
        assert task.result() == 1250

    play(scene)


def test_when_all_fail_their_errors_come_as_a_group():
    async def scene():
        errors = [ConnectionError("closed"), LookupError("no book")]
        suppliers = [Supplier(error) for error in errors]
        for supplier in suppliers:
            supplier.gate.set()
        task = start(*suppliers)
        await end_of(task, "though everybody has failed")
        group = task.exception()
        assert isinstance(group, ExceptionGroup), "expected a group"
        assert set(group.exceptions) == set(errors)
        nothing_goes_on(*suppliers)

    play(scene)


def test_the_limit_is_honoured():
    async def scene():
        north, south = Supplier(1250), Supplier(1200)
        task = start(north, south, limit=SHORT)
        await end_of(task, "though the time is over")
        assert isinstance(task.exception(), TimeoutError)
        nothing_goes_on(north, south)

    play(scene)


def test_a_failure_does_not_start_the_limit_again():
    async def scene():
        south = Supplier(CLOSED)
        task = start(south, Supplier(1250), limit=LONG)
        await go_forward(0.6 * LONG)
        south.gate.set()
        await go_forward(0.6 * LONG)
        await end_of(task, "though the time is over")
        end = type(task.exception())
        assert end is TimeoutError, "expected TimeoutError"

    play(scene)


def test_it_waits_for_the_clean_up_however_long_that_takes():
    async def scene():
        north, south = Supplier(1250), Supplier(1200)
        south.may_hang_up.clear()
        north.gate.set()
        task = start(north, south)
        await go_forward(0.6 * LONG)
        early = task.done()
        south.may_hang_up.set()
        await end_of(task, "though the clean-up is over")
        assert not early, "cheapest() left before the clean-up"

    play(scene)


def test_cancelling_it_cancels_the_calls():
    async def scene():
        north = Supplier(1250)
        task = start(north)
        asked = asyncio.create_task(north.asked.wait())
        await end_of(asked, "before it has asked anybody")
        task.cancel()
        await end_of(task, "though it was cancelled")
        if not task.cancelled():
            end = task.exception() or task.result()
            pytest.fail(f"it was cancelled, and ended in {end!r}")
        nothing_goes_on(north)

    play(scene)
