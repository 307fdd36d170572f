"""The claims of docs/concurrency/tasks.md, "Run coroutines together"."""

import asyncio
import gc
import selectors
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SNIPPETS = Path(__file__).parents[2] / "snippets"
LESSON = "concurrency/tasks"
ISBN = "9780000000064"

Output = Callable[[str], str]
Load = Callable[[str], ModuleType]


class Patient:
    """A call that waits at a gate, and knows how it has ended."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.asked = asyncio.Event()
        self.cancelled = False

    async def __call__(self) -> str:
        self.asked.set()
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        return "answer"


async def failing() -> str:
    raise ConnectionError("south is closed")


async def end(*tasks: asyncio.Task) -> None:
    """Cancel the tasks and wait for them."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def printed(folder: Path, source: str) -> str:
    """What a program prints in a process of its own."""
    path = folder / "changed.py"
    path.write_text(source, "utf-8")
    return subprocess.check_output([sys.executable, str(path)], text=True, timeout=30)


def changed(name: str, *changes: tuple[str, str]) -> str:
    """An example's source, changed in one place for each pair."""
    source = (SNIPPETS / LESSON / f"{name}.py").read_text("utf-8")
    for old, new in changes:
        assert source.count(old) == 1
        source = source.replace(old, new)
    return source


class SkippingClock(asyncio.SelectorEventLoop):
    """A loop whose clock jumps to the next timer instead of waiting for it."""

    def __init__(self) -> None:
        super().__init__(SkippingSelector(self))
        self.now = 0.0

    def time(self) -> float:
        return self.now


class SkippingSelector(selectors.SelectSelector):
    def __init__(self, loop: SkippingClock) -> None:
        super().__init__()
        self.loop = loop

    def select(self, timeout: float | None = None) -> list:
        self.loop.now += timeout or 0.0
        return super().select(0)


# Three calls, one after another


def test_sequence_asks_after_each_answer(output: Output) -> None:
    """One after another: each supplier is asked after the answer before."""
    first, second = output(f"{LESSON}/sequence_or_gather").split("together\n")
    answers = {name: f"  answer from {name}" for name in ("north", "south", "east")}
    asked = {name: f"  ask {name}" for name in answers}
    prices = "prices: [1250, 1200, 1325]"
    pairs = [line for name in answers for line in (asked[name], answers[name])]
    assert first.splitlines() == ["one after another", *pairs, prices]
    assert second.splitlines() == [*asked.values(), *answers.values(), prices]


def test_waits_add_up_or_overlap(load: Load) -> None:
    """In sequence the waits add up; together the slowest one counts."""
    module = load(f"{LESSON}/sequence_or_gather")
    took = {}
    for way in (module.one_after_another, module.together):
        with asyncio.Runner(loop_factory=SkippingClock) as runner:
            runner.run(way())
            took[way.__name__] = runner.get_loop().time()
    assert took["one_after_another"] == pytest.approx(3 * module.WAIT)
    assert took["together"] == pytest.approx(module.WAIT)


def test_all_tasks_run_on_one_thread() -> None:
    """Everything happens on one thread."""

    async def thread() -> int:
        await asyncio.sleep(0)
        return threading.get_ident()

    async def main() -> list[int]:
        return await asyncio.gather(thread(), thread(), thread())

    assert set(asyncio.run(main())) == {threading.get_ident()}


# Start a task and collect its result


def test_a_task_begins_at_the_next_turn(output: Output) -> None:
    """It begins at the loop's next turn although nobody awaits it."""
    assert output(f"{LESSON}/task_without_await").splitlines() == [
        "main: made the task 'ask north'",
        "main: done already? False",
        "ask: north answers",
        "main: done one turn later? True",
    ]


def test_try_this_ask_waits_a_turn_too(
    load: Load, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a wait in `ask` it is not done one turn later, though it has begun."""
    module = load(f"{LESSON}/task_without_await")
    ask = module.ask

    async def ask_and_wait(supplier: str, isbn: str) -> int:
        price = await ask(supplier, isbn)
        await asyncio.sleep(0)
        return price

    monkeypatch.setattr(module, "ask", ask_and_wait)
    asyncio.run(module.main())
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "ask: north answers",
        "main: done one turn later? False",
    ]


def test_the_name_appears_in_messages() -> None:
    """A task's name stands in its text form."""

    async def main() -> str:
        task = asyncio.create_task(asyncio.sleep(0), name="ask north")
        await task
        return repr(task)

    assert "name='ask north'" in asyncio.run(main())


def test_await_collects_result_or_error(output: Output) -> None:
    """The error waits in the task; a result can be collected again."""
    assert output(f"{LESSON}/await_collects").splitlines() == [
        "both done: True",
        "main has noticed nothing",
        "north: 1250",
        "south: south is closed",
        "north, once more: 1250",
    ]


# Stop the rest when one fails


def test_gather_leaves_siblings_running(output: Output) -> None:
    """gather raises at once; the others go on after main has given up."""
    assert output(f"{LESSON}/gather_leaves_siblings").splitlines() == [
        "main gives up: south is closed",
        "still running: ['north', 'east']",
        f"north keeps a copy of {ISBN} for us",
        f"east keeps a copy of {ISBN} for us",
        "main ends",
    ]


def test_at_the_end_of_main_the_siblings_are_cancelled(tmp_path: Path) -> None:
    """Without the last wait no copy is reserved: asyncio.run cancels both."""
    source = changed("gather_leaves_siblings", ("    await asyncio.wait(tasks)\n", ""))
    assert printed(tmp_path, source).splitlines() == [
        "main gives up: south is closed",
        "still running: ['north', 'east']",
        "main ends",
    ]


def test_gather_returns_exceptions(output: Output) -> None:
    """With return_exceptions it waits for all, errors beside results."""
    assert output(f"{LESSON}/gather_keeps_errors").splitlines() == [
        "north asks for 1250",
        "south failed: south is closed",
        "east asks for 1325",
    ]


def test_try_this_a_second_error_is_lost() -> None:
    """gather raises the first error; the second leaves no trace."""
    messages = []

    async def missing() -> None:
        await asyncio.sleep(0)
        raise LookupError("east has no such book")

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: messages.append(context))
        tasks = [asyncio.create_task(failing()), asyncio.create_task(missing())]
        with pytest.raises(ConnectionError):
            await asyncio.gather(*tasks)
        await asyncio.wait(tasks)
        del tasks
        gc.collect()

    asyncio.run(main())
    assert messages == []


def test_taskgroup_cancels_siblings(output: Output) -> None:
    """A task group cancels the others, waits, and raises a group."""
    assert output(f"{LESSON}/taskgroup_cancels_siblings").splitlines() == [
        "main gives up: (ConnectionError('south is closed'),)",
        "still running: []",
        "cancelled: ['north', 'east']",
    ]


def test_an_error_in_the_block_cancels_its_tasks() -> None:
    """What the block itself raises stops the tasks, and arrives in a group."""

    async def main() -> None:
        north = Patient()
        with pytest.raises(ExceptionGroup) as caught:
            async with asyncio.TaskGroup() as group:
                group.create_task(north())
                await north.asked.wait()
                raise LookupError("no such book")
        assert [type(error) for error in caught.value.exceptions] == [LookupError]
        assert north.cancelled

    asyncio.run(main())


def test_after_the_block_every_task_is_done() -> None:
    """Results can be read with `result` when the block has ended."""

    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            calls = [asyncio.sleep(0, name) for name in ("north", "east")]
            tasks = [group.create_task(call) for call in calls]
        assert [task.result() for task in tasks] == ["north", "east"]

    asyncio.run(main())


def test_taskgroup_waits_for_the_clean_up() -> None:
    """The block ends when the cancelled tasks are gone, clean-up included."""
    events = []

    async def slow_to_leave() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            events.append("cleaned up")

    async def main() -> None:
        with pytest.raises(ExceptionGroup):
            async with asyncio.TaskGroup() as group:
                group.create_task(slow_to_leave())
                group.create_task(failing())
        events.append("block ended")

    asyncio.run(main())
    assert events == ["cleaned up", "block ended"]


def test_two_errors_one_group(output: Output) -> None:
    """Two tasks fail in one turn: both errors arrive, one clause each."""
    assert output(f"{LESSON}/two_errors_one_group").splitlines() == [
        "closed: (ConnectionError('south is closed'),)",
        "missing: (LookupError('east has no 9780000000033'),)",
        "north was cancelled: True",
    ]


def test_an_error_no_clause_takes_goes_on_in_a_group() -> None:
    """What except* leaves is raised further, again in a group."""

    async def main() -> None:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(failing())
        except* LookupError:
            pytest.fail("there was no LookupError")

    with pytest.raises(ExceptionGroup) as caught:
        asyncio.run(main())
    assert [type(error) for error in caught.value.exceptions] == [ConnectionError]


def test_a_plain_except_does_not_catch_the_group() -> None:
    """`except ConnectionError` around a task group catches nothing."""

    async def main() -> None:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(failing())
        except ConnectionError:
            pytest.fail("caught by a plain except")

    with pytest.raises(ExceptionGroup):
        asyncio.run(main())


# Take results as they come


def test_order_of_readiness(output: Output) -> None:
    """as_completed hands out results in the order in which they are ready."""
    assert output(f"{LESSON}/results_as_they_come").splitlines() == [
        "east 1325",
        "south 1200",
        "north 1250",
    ]


def test_gather_keeps_the_order_of_its_arguments(load: Load) -> None:
    """The same calls through gather: north first, though it is ready last."""
    module = load(f"{LESSON}/results_as_they_come")

    async def main() -> list[tuple[str, int]]:
        return await asyncio.gather(*(module.ask(s, ISBN) for s in module.TURNS))

    assert asyncio.run(main()) == [("north", 1250), ("south", 1200), ("east", 1325)]


def test_as_completed_hands_out_before_the_last_is_done() -> None:
    """A result is there while the other call still waits."""

    async def main() -> None:
        slow = Patient()
        task = asyncio.create_task(slow())
        quick = asyncio.create_task(asyncio.sleep(0, "quick"))
        for awaitable in asyncio.as_completed([task, quick]):
            assert await awaitable == "quick"
            assert not task.done()
            break
        assert not task.done()  # leaving the loop early cancels nothing
        await end(task)

    asyncio.run(main())


def test_as_completed_raises_at_the_await_and_the_others_go_on() -> None:
    """An error is raised by its own await; the other tasks are not touched."""

    async def main() -> None:
        slow = Patient()
        task = asyncio.create_task(slow())
        results = iter(asyncio.as_completed([asyncio.create_task(failing()), task]))
        first = next(results)
        with pytest.raises(ConnectionError):
            await first
        slow.gate.set()
        assert await next(results) == "answer"

    asyncio.run(main())


def test_as_completed_yields_something_to_await() -> None:
    """The loop variable of the plain form is none of the tasks."""

    async def main() -> None:
        task = asyncio.create_task(asyncio.sleep(0, "answer"))
        for awaitable in asyncio.as_completed([task]):
            assert awaitable is not task
            assert await awaitable == "answer"

    asyncio.run(main())


def test_async_for_gives_the_tasks(output: Output) -> None:
    """From 3.13 on async for gives the tasks themselves, done."""
    assert output(f"{LESSON}/tasks_as_they_come").splitlines() == [
        "east 1325 ours: True",
        "south 1200 ours: True",
        "north 1250 ours: True",
    ]


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="works from 3.13 on")
def test_async_for_is_new_in_3_13() -> None:
    """Before 3.13 as_completed cannot be used with async for."""

    async def main() -> None:
        task = asyncio.create_task(asyncio.sleep(0))
        with pytest.raises(TypeError):
            async for _ in asyncio.as_completed([task]):
                pass
        await task

    asyncio.run(main())


def test_wait_gives_done_and_pending(output: Output) -> None:
    """wait returns two sets; the pending ones are cancelled by hand."""
    assert output(f"{LESSON}/first_answer").splitlines() == [
        "done: south 1200",
        "pending: ['east', 'north']",
        "cancelled: True",
    ]


def test_wait_refuses_an_empty_set(tmp_path: Path) -> None:
    """If all answer at once nothing is pending: only `tasks` can be waited for."""
    all_at_once = (
        '    gates["south"].set()\n',
        "    for gate in gates.values():\n        gate.set()\n",
    )
    said = printed(tmp_path, changed("first_answer", all_at_once))
    assert "pending: []\n" in said

    async def main() -> None:
        with pytest.raises(ValueError, match="empty"):
            await asyncio.wait(set())

    asyncio.run(main())


def test_wait_raises_nothing_and_cancels_nothing() -> None:
    """wait raises no task's error and leaves the pending ones alone."""

    async def main() -> None:
        slow = asyncio.create_task(Patient()())
        south = asyncio.create_task(failing())
        done, pending = await asyncio.wait(
            [slow, south], return_when=asyncio.FIRST_COMPLETED
        )
        assert (done, pending) == ({south}, {slow})
        assert isinstance(south.exception(), ConnectionError)
        await asyncio.sleep(0)
        assert not slow.done()
        await end(slow)

    asyncio.run(main())


def test_wait_refuses_coroutines() -> None:
    """wait takes tasks; a coroutine is a TypeError."""

    async def main() -> None:
        call = failing()
        with pytest.raises(TypeError):
            await asyncio.wait([call])
        call.close()

    asyncio.run(main())


# Set a limit, cancel and clean up


def test_time_limit(output: Output) -> None:
    """It ends in TimeoutError, the reason was a CancelledError; north is lost."""
    lines = output(f"{LESSON}/time_limit").splitlines()
    assert lines[:2] == ["north answers", "Traceback (most recent call last):"]
    assert not [line for line in lines if line.startswith("cheapest: ")]
    assert "asyncio.exceptions.CancelledError" in lines
    assert lines[-1] == "TimeoutError"


def test_timeout_error_appears_outside_the_block_only() -> None:
    """Inside the block there is a CancelledError, outside a TimeoutError."""
    seen = []

    async def main() -> None:
        try:
            async with asyncio.timeout(0):
                try:
                    await asyncio.Event().wait()
                except BaseException as error:
                    seen.append(type(error))
                    raise
        except TimeoutError as error:
            seen.append(type(error))

    asyncio.run(main())
    assert seen == [asyncio.CancelledError, TimeoutError]


def test_wait_for_cancels_the_call() -> None:
    """wait_for does the same for one call: cancelled inside, TimeoutError outside."""

    async def main() -> None:
        north = Patient()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(north(), 0.01)
        assert north.cancelled

    asyncio.run(main())


def test_timeout_none_sets_no_limit() -> None:
    """Inside timeout(None) a call takes as long as it takes."""

    async def main() -> float:
        async with asyncio.timeout(None) as limit:
            await asyncio.sleep(3600)
        assert limit.when() is None
        return asyncio.get_running_loop().time()

    with asyncio.Runner(loop_factory=SkippingClock) as runner:
        assert runner.run(main()) == pytest.approx(3600)


def test_cancel_and_clean_up(output: Output) -> None:
    """cancel() asks; CancelledError passes through finally, past `Exception`."""
    assert output(f"{LESSON}/cancel_and_clean_up").splitlines() == [
        "open the line to north",
        "right after cancel(): False",
        "close the line to north",
        "after the wait: True",
        "derives from BaseException",
    ]


TAKES_EVERY_CANCELLATION = """\
    try:
        await task
    except asyncio.CancelledError:
        pass
"""


@pytest.mark.parametrize("with_except", [False, True])
def test_a_cancellation_of_main_gets_through(with_except: bool) -> None:
    """It ends `main`, unless that awaits the task with `except CancelledError`."""
    waits = "    await asyncio.wait([task])\n"
    how = TAKES_EVERY_CANCELLATION if with_except else waits
    program: dict[str, Any] = {"__name__": "changed"}
    exec(changed("cancel_and_clean_up", (waits, how)), program)
    leaving, may_leave = asyncio.Event(), asyncio.Event()

    async def ask(_supplier: str, _isbn: str, asked: asyncio.Event) -> None:
        try:
            asked.set()
            await asyncio.Event().wait()
        finally:
            leaving.set()
            await may_leave.wait()

    async def scene() -> bool:
        main = asyncio.create_task(program["main"]())
        await leaving.wait()
        main.cancel()
        await asyncio.wait([main])
        may_leave.set()
        return main.cancelled()

    program["ask"] = ask
    assert asyncio.run(scene()) is not with_except


def test_cancelling_a_task_that_is_done_does_nothing() -> None:
    """cancel() on a finished task is no error and changes nothing."""

    async def main() -> None:
        task = asyncio.create_task(asyncio.sleep(0, "answer"))
        await task
        assert task.cancel() is False
        assert await task == "answer"

    asyncio.run(main())


def test_shield_the_order(output: Output) -> None:
    """The waiting is cancelled, the shielded task is not; without it, it is."""
    assert output(f"{LESSON}/shield_the_order").splitlines() == [
        "the order is on its way",
        "the till waits no longer",
        "shielded order, still running: True",
        "the order was confirmed",
        f"ordered {ISBN}",
        "the order is on its way",
        "the order was cut off",
        "the till waits no longer",
        "plain order, cancelled: True",
    ]


def test_a_shield_does_not_outlive_the_loop() -> None:
    """asyncio.run cancels a task that is unfinished at its end, shielded or not."""
    patient = []

    async def main() -> None:
        order = Patient()
        patient.append(order)
        task = asyncio.create_task(order())
        patient.append(task)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await asyncio.shield(task)
        assert not task.done()

    asyncio.run(main())
    order, task = patient
    assert order.cancelled
    assert task.cancelled()


# Limit how many run at once


def test_four_at_a_time(output: Output) -> None:
    """Four of the six calls are inside at the same time, and never more."""
    assert output(f"{LESSON}/four_at_a_time") == "6 calls, at most 4 at once\n"


def test_without_the_limit_all_are_inside(load: Load) -> None:
    """It is the semaphore that keeps two calls outside."""
    module = load(f"{LESSON}/four_at_a_time")

    async def main() -> None:
        desk = module.Desk(limit=12)
        asks = [desk.ask(supplier, "9780000000064") for supplier in module.SUPPLIERS]
        await asyncio.gather(*asks, *(desk.ask("north", isbn) for isbn in "123"))
        assert desk.peak == 6

    asyncio.run(main())


def test_a_place_is_free_again_after_a_failure() -> None:
    """A call that fails inside the semaphore gives its place back."""

    async def main() -> None:
        places = asyncio.Semaphore(1)
        with pytest.raises(ConnectionError):
            async with places:
                assert places.locked()
                await failing()
        assert not places.locked()

    asyncio.run(main())


def test_all_tasks_exist_although_few_may_run(load: Load) -> None:
    """A semaphore does not limit how many tasks there are."""
    module = load(f"{LESSON}/four_at_a_time")

    async def main() -> None:
        calls = asyncio.create_task(module.main())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert len(asyncio.all_tasks() - {asyncio.current_task(), calls}) == 6
        await calls

    asyncio.run(main())


def test_workers_and_a_queue(output: Output) -> None:
    """The producer cannot run ahead, and cancelled workers are no failure."""
    assert output(f"{LESSON}/workers_and_a_queue").splitlines() == [
        "prices found: [999, 1250, 1850, 2200, 2750]",
        "longest queue: 2",
        "workers left: 0",
    ]


def test_put_waits_while_the_queue_is_full() -> None:
    """With maxsize, put waits until somebody takes an item."""

    async def main() -> None:
        queue: asyncio.Queue[str] = asyncio.Queue(maxsize=1)
        await queue.put("first")
        second = asyncio.create_task(queue.put("second"))
        await asyncio.sleep(0)
        assert not second.done()
        assert await queue.get() == "first"
        await second
        assert await queue.get() == "second"

    asyncio.run(main())


def test_primitives_belong_to_one_loop() -> None:
    """An asyncio event that was waited for in one loop is refused in another."""
    event = asyncio.Event()

    async def wait_a_moment() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await event.wait()

    asyncio.run(wait_a_moment())
    with pytest.raises(RuntimeError, match="different event loop"):
        asyncio.run(event.wait())


# Stop without losing work


def test_close_the_desk(output: Output) -> None:
    """Packed in time, cut off and not begun: no order is lost."""
    assert output(f"{LESSON}/close_the_desk").splitlines() == [
        "time is over, not begun: 1",
        "packed: ['Salt Roads']",
        "for tomorrow: ['Night Trains', '100% Bread']",
    ]


def test_a_desk_that_gets_done_keeps_nothing(load: Load) -> None:
    """If all is packed within the limit, nothing is left for tomorrow."""
    module = load(f"{LESSON}/close_the_desk")

    async def main() -> None:
        desk = module.Desk()
        for title in ("Salt Roads", "100% Bread"):
            desk.orders.put_nowait(title)
        await desk.close(asyncio.create_task(desk.pack()))
        assert desk.packed == ["Salt Roads", "100% Bread"]
        assert desk.tomorrow == []

    with asyncio.Runner(loop_factory=SkippingClock) as runner:
        runner.run(main())


def test_an_order_whose_packing_fails_is_kept(load: Load) -> None:
    """It is there tomorrow, with those not begun, and `close` raises its error."""
    module = load(f"{LESSON}/close_the_desk")

    async def main() -> None:
        desk = module.Desk()
        for title in ("Salt Roads", "No Such Book", "100% Bread"):
            desk.orders.put_nowait(title)
        with pytest.raises(KeyError, match="No Such Book"):
            await desk.close(asyncio.create_task(desk.pack()))
        assert desk.packed == ["Salt Roads"]
        assert desk.tomorrow == ["No Such Book", "100% Bread"]

    with asyncio.Runner(loop_factory=SkippingClock) as runner:
        runner.run(main())


def test_callers_have_to_stop_before_the_desk_closes(load: Load) -> None:
    """An order put after that is neither packed nor kept."""
    module = load(f"{LESSON}/close_the_desk")

    async def main() -> None:
        desk = module.Desk()
        await desk.close(asyncio.create_task(desk.pack()))
        desk.orders.put_nowait("Salt Roads")
        assert desk.packed == desk.tomorrow == []
        assert desk.orders.qsize() == 1

    with asyncio.Runner(loop_factory=SkippingClock) as runner:
        runner.run(main())


RETURNS_WHEN_SHUT_DOWN = """\
            try:
                title = await self.orders.get()
            except asyncio.QueueShutDown:
                return
"""


@pytest.mark.skipif(sys.version_info < (3, 13), reason="new in 3.13")
def test_a_desk_that_shuts_its_queue_down_refuses_orders() -> None:
    """`close` begins with `shutdown`; the packer returns when all is packed."""
    begin = "        try:\n            await asyncio.wait_for("
    source = changed(
        "close_the_desk",
        ("            title = await self.orders.get()\n", RETURNS_WHEN_SHUT_DOWN),
        (begin, f"        self.orders.shutdown()\n{begin}"),
    )
    program: dict[str, Any] = {"__name__": "changed"}
    exec(source, program)

    async def main() -> None:
        desk = program["Desk"]()
        desk.orders.put_nowait("Salt Roads")
        closing = asyncio.create_task(desk.close(asyncio.create_task(desk.pack())))
        await asyncio.sleep(0)
        with pytest.raises(asyncio.QueueShutDown):
            desk.orders.put_nowait("100% Bread")
        await closing
        assert (desk.packed, desk.tomorrow) == (["Salt Roads"], [])

    with asyncio.Runner(loop_factory=SkippingClock) as runner:
        runner.run(main())


def test_try_this_nobody_waits_for_the_packer() -> None:
    """Without the wait after `cancel` the packer is not done, its order not kept."""
    program: dict[str, Any] = {"__name__": "changed"}
    waits = "        await asyncio.wait([packer])\n"
    exec(changed("close_the_desk", (waits, "")), program)

    async def main() -> None:
        desk = program["Desk"]()
        for title in program["SECONDS"]:
            desk.orders.put_nowait(title)
        with pytest.raises(asyncio.InvalidStateError):
            await desk.close(asyncio.create_task(desk.pack()))
        assert desk.tomorrow == ["100% Bread"]

    with asyncio.Runner(loop_factory=SkippingClock) as runner:
        runner.run(main())


UNTIL_STOPPED = """
import asyncio, os, signal

async def main():
    closing = asyncio.Event()
    if {number} == signal.SIGTERM:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, closing.set)
    asyncio.get_running_loop().call_soon(os.kill, os.getpid(), {number})
    try:
        await closing.wait()
        print("told to close")
    except asyncio.CancelledError:
        print("cancelled")
        raise
    finally:
        await asyncio.sleep(0.001)
        print("closed")

signal.signal(signal.SIGINT, signal.default_int_handler)  # "&" of a shell ignores it
try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("KeyboardInterrupt")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (signal.SIGINT, ["cancelled", "closed", "KeyboardInterrupt"]),
        (signal.SIGTERM, ["told to close", "closed"]),
    ],
)
def test_who_calls_close(
    number: signal.Signals, expected: list[str], tmp_path: Path
) -> None:
    """Ctrl-C cancels `main`, whose `finally` may await; SIGTERM sets an event."""
    said = printed(tmp_path, UNTIL_STOPPED.format(number=int(number)))
    assert said.splitlines() == expected


@pytest.mark.skipif(sys.version_info < (3, 13), reason="new in 3.13")
def test_a_queue_that_is_shut_down() -> None:
    """It refuses new orders, hands out what is there, and then raises."""

    async def main() -> None:
        orders: asyncio.Queue[str] = asyncio.Queue()
        orders.put_nowait("Night Trains")
        orders.shutdown()
        with pytest.raises(asyncio.QueueShutDown):
            await orders.put("Salt Roads")
        assert await orders.get() == "Night Trains"
        with pytest.raises(asyncio.QueueShutDown):
            await orders.get()

    asyncio.run(main())


# Give each task a value of its own


def test_each_task_has_its_own_value(output: Output) -> None:
    """The global is overwritten, the context variable is not; main sees neither."""
    assert output(f"{LESSON}/own_value_for_each_task").splitlines() == [
        "global context",
        "Bilal Amara",
        "Bilal Bilal",
        "Bilal nobody",
    ]


def test_a_task_begins_with_its_creators_values() -> None:
    """The copy is made with the task: what is set later does not reach it."""
    customer: ContextVar[str] = ContextVar("customer")

    async def look() -> str:
        return customer.get()

    async def main() -> None:
        customer.set("Amara")
        task = asyncio.create_task(look())
        customer.set("Bilal")
        assert await task == "Amara"
        assert await asyncio.to_thread(customer.get) == "Bilal"

    asyncio.run(main())


# Pitfalls


def test_a_task_nobody_holds_is_swept_away(output: Output) -> None:
    """A waiting task without a reference is destroyed; one in a set is not."""
    assert output(f"{LESSON}/nobody_holds_it").splitlines() == [
        f"watch {ISBN} at north",
        "the loop says: Task was destroyed but it is pending!",
        "tasks besides main: 0",
        f"watch {ISBN} at south",
        "tasks besides main: 1",
        "watchers left: 0",
    ]


def test_a_task_group_holds_its_tasks() -> None:
    """A task group's waiting task survives a garbage collection."""

    async def wait_for_ever() -> None:
        await asyncio.Event().wait()

    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(wait_for_ever())
            await asyncio.sleep(0)
            gc.collect()
            left = asyncio.all_tasks() - {asyncio.current_task()}
            assert len(left) == 1
            left.pop().cancel()

    asyncio.run(main())


def test_a_swallowed_cancellation(output: Output) -> None:
    """`except BaseException` turns a cancellation into a second call."""
    assert output(f"{LESSON}/swallowed_cancel").splitlines() == [
        "retry_on_anything calls: 2 cancelled: False",
        "retry_on_a_bad_line calls: 1 cancelled: True",
    ]


class SlowDesk:
    """Both calls wait: the first for ever, the second at a gate."""

    def __init__(self) -> None:
        self.calls = 0
        self.first_call, self.second_call = asyncio.Event(), asyncio.Event()
        self.gate = asyncio.Event()

    async def ask(self, supplier: str, isbn: str) -> int:
        self.calls += 1
        if self.calls == 1:
            self.first_call.set()
            await asyncio.Event().wait()
        self.second_call.set()
        await self.gate.wait()
        return 1250


async def limited(call: Coroutine[Any, Any, int]) -> None:
    async with asyncio.timeout(0.01):
        await call


async def grouped(call: Coroutine[Any, Any, int]) -> None:
    with pytest.raises(ExceptionGroup):
        async with asyncio.TaskGroup() as group:
            group.create_task(call)
            group.create_task(failing())


@pytest.mark.parametrize("around", [limited, grouped])
def test_limits_and_groups_wait_for_the_swallowed_task(
    load: Load, around: Callable
) -> None:
    """What stands around it waits until the second call is over."""
    retry = load(f"{LESSON}/swallowed_cancel").retry_on_anything

    async def main() -> None:
        desk = SlowDesk()
        whole = asyncio.create_task(around(retry(desk)))
        await desk.second_call.wait()
        for _ in range(5):
            await asyncio.sleep(0)
        assert not whole.done()
        desk.gate.set()
        await whole

    asyncio.run(main())


def test_a_bare_except_swallows_it_too() -> None:
    """A bare except takes the cancellation as well."""

    async def stubborn(asked: asyncio.Event) -> str:
        try:
            asked.set()
            await asyncio.Event().wait()
        except:  # noqa: E722
            return "went on"

    async def main() -> str:
        asked = asyncio.Event()
        task = asyncio.create_task(stubborn(asked))
        await asked.wait()
        task.cancel()
        return await task

    assert asyncio.run(main()) == "went on"


def test_one_thread_and_still_a_race(output: Output) -> None:
    """An await between check and change sells one copy twice; a lock does not."""
    assert output(f"{LESSON}/sold_twice").splitlines() == [
        "two tills: [True, True]",
        "copies left: -1",
        "with a lock: [True, False]",
        "copies left: 0",
    ]


def test_without_an_await_between_there_is_no_race(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check and change with no wait between them: one till sells."""
    module = load(f"{LESSON}/sold_twice")

    class AtOnce(module.StockCounter):
        async def sell(self) -> bool:
            if self.left == 0:
                return False
            self.left -= 1
            await asyncio.sleep(0)
            return True

    async def main() -> list[bool]:
        stock = AtOnce(left=1)
        return await asyncio.gather(stock.sell(), stock.sell())

    assert asyncio.run(main()) == [True, False]


# Under the hood


def test_a_cancellation_from_outside_is_no_timeout() -> None:
    """A time limit tells its own cancellation from one that came from outside."""

    async def main() -> None:
        patient = Patient()

        async def with_limit() -> None:
            async with asyncio.timeout(30):
                await patient()

        task = asyncio.create_task(with_limit())
        await patient.asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await asyncio.Event().wait()
        assert asyncio.current_task().cancelling() == 0

    asyncio.run(main())


@pytest.mark.skipif(sys.version_info < (3, 12), reason="new in 3.12")
def test_eager_tasks_begin_inside_create_task() -> None:
    """With the eager factory create_task runs the coroutine to its first wait."""
    steps = []

    async def ask() -> None:
        steps.append("asked")
        await asyncio.sleep(0)
        steps.append("answered")

    async def main() -> None:
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        task = asyncio.create_task(ask())
        steps.append("task made")
        await task

    asyncio.run(main())
    assert steps == ["asked", "task made", "answered"]


@pytest.mark.skipif(sys.version_info < (3, 14), reason="new in 3.14")
def test_one_task_can_begin_inside_create_task() -> None:
    """`eager_start=True` runs this coroutine to its first wait."""
    steps = []

    async def ask() -> None:
        steps.append("asked")
        await asyncio.sleep(0)

    async def main() -> None:
        task = asyncio.create_task(ask(), eager_start=True)
        steps.append("task made")
        await task

    asyncio.run(main())
    assert steps == ["asked", "task made"]


def test_cancelling_gather_cancels_its_children() -> None:
    """A time limit around gather cancels every child."""

    async def main() -> None:
        calls = [Patient(), Patient()]
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await asyncio.gather(*(call() for call in calls))
        assert [call.cancelled for call in calls] == [True, True]

    asyncio.run(main())
