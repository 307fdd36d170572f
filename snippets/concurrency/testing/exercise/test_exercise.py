"""Checks the tests in exercise.py: on right functions, and on bugs.

No time passes here. Instead, a sleep takes turns of the event loop: one
for each millisecond on a quiet machine, and any number on a busy one.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence

import pytest

import exercise

TESTS = [
    "test_all_are_asked_at_once",
    "test_the_first_answer_counts",
    "test_the_others_are_cancelled",
]
ROUNDS = 200
TURNS = 50_000  # a test that takes more waits for ever
sleep = asyncio.sleep
running = []  # or the tasks that nobody holds may be swept away
Machine = Callable[[float], Awaitable[None]]


async def quiet(seconds: float) -> None:
    for _ in range(max(1, round(seconds * 1000))):
        await sleep(0)


def busy(seed: int) -> Machine:
    chance = random.Random(seed)

    async def late(seconds: float) -> None:
        for _ in range(chance.randint(1, 20) if seconds else 1):
            await sleep(0)

    return late


async def first_of(ask, isbn, suppliers):
    calls = {
        asyncio.create_task(ask(supplier, isbn)): supplier
        for supplier in suppliers
    }
    await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
    first = next(call for call in calls if call.done())
    left = [call for call in calls if not call.done()]
    return calls[first], first.result(), left


async def right(ask, isbn, suppliers):
    """Keeps the promises, whatever became of the one in exercise."""
    supplier, price, left = await first_of(ask, isbn, suppliers)
    for call in left:
        call.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    return supplier, price


async def watched(test: Callable[[], Awaitable[None]]) -> str:
    task = asyncio.create_task(test())
    for _ in range(TURNS):
        if task.done():
            break
        await sleep(0)
    hangs = not task.done()
    while left := asyncio.all_tasks() - {asyncio.current_task()}:
        for other in left:
            other.cancel()
        await asyncio.gather(*left, return_exceptions=True)
    if hangs or task.cancelled():
        return "it waits for ever"
    error = task.exception()
    return "" if error is None else f"{type(error).__name__}: {error}"


@pytest.fixture
def ends_of(
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., list[str]]:
    """How a test ends on each machine: an empty text if it passes."""

    def run(
        name: str,
        machines: Sequence[Machine] = (quiet,),
        function: Callable = right,
    ) -> list[str]:
        test = getattr(exercise, name, None)
        assert test, f"there is no {name}"
        monkeypatch.setattr(exercise, "first_price", function)

        async def rounds() -> list[str]:
            ends = []
            for machine in machines:
                monkeypatch.setattr(asyncio, "sleep", machine)
                ends.append(await watched(test))
            return ends

        return asyncio.run(rounds(), debug=False)

    return run


@pytest.mark.parametrize("name", TESTS)
def test_passes_on_a_quiet_machine(ends_of, name: str) -> None:
    [said] = ends_of(name, function=exercise.first_price)
    assert not said, f"it fails: {said}"


@pytest.mark.parametrize("name", TESTS)
def test_passes_on_a_busy_machine(ends_of, name: str) -> None:
    failed = any(ends_of(name, [busy(n) for n in range(ROUNDS)]))
    assert not failed, f"it fails in some of {ROUNDS} runs"


async def patient(ask, isbn, suppliers):
    """As right as the other: another order, and more turns."""
    await quiet(0.1)
    first = await right(ask, isbn, suppliers[::-1])
    await quiet(0.1)
    return first


@pytest.mark.parametrize("name", TESTS)
def test_passes_on_another_right_function(ends_of, name: str) -> None:
    passes = ends_of(name, function=patient) == [""]
    assert passes, "it fails, although every promise is kept"


async def waits_for_all(ask, isbn, suppliers):
    calls = [ask(supplier, isbn) for supplier in suppliers]
    prices = await asyncio.gather(*calls)
    return suppliers[0], prices[0]


async def asks_only_one(ask, isbn, suppliers):
    return suppliers[0], await ask(suppliers[0], isbn)


async def names_another_supplier(ask, isbn, suppliers):
    _, price = await right(ask, isbn, suppliers)
    return suppliers[0], price


async def lets_the_others_run(ask, isbn, suppliers):
    supplier, price, left = await first_of(ask, isbn, suppliers)
    running.extend(left)
    return supplier, price


async def does_not_wait_for_the_clean_up(ask, isbn, suppliers):
    supplier, price, left = await first_of(ask, isbn, suppliers)
    for call in left:
        call.cancel()
    return supplier, price


BUGS = [
    waits_for_all,
    asks_only_one,
    names_another_supplier,
    lets_the_others_run,
    does_not_wait_for_the_clean_up,
]


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_notices_a_bug(ends_of, bug: Callable) -> None:
    noticed = any(ends_of(name, function=bug)[0] for name in TESTS)
    assert noticed, f"every test passes, and it {bug.__name__}"
