"""Tracing asyncio: the loop runs every step of a task through one method.

No task is wrapped: what it waits for is read from its suspended coroutines
after each step.
"""

import asyncio
import sys
import time
from asyncio import Task, base_events, events, taskgroups, timeouts
from collections.abc import Callable, Iterator
from inspect import CORO_CREATED, getcoroutinestate
from pathlib import Path
from types import CoroutineType, FrameType
from weakref import WeakKeyDictionary, ref

from steady_loop import SteadyLoop
from tracer import UNNAMED, Trace, called_with

HOUSEKEEPING = (
    "_accept_connection2",
    "shutdown_asyncgens",
    "shutdown_default_executor",
)
THINGS = {
    "Barrier.wait": ("", "barrier"),
    "Condition.wait": ("", "condition"),
    "Event.wait": ("", "event"),
    "Lock.acquire": ("", "lock"),
    "Queue.get": ("an item in ", "queue"),
    "Queue.join": ("the end of ", "queue"),
    "Queue.put": ("a place in ", "queue"),
    "Semaphore.acquire": ("a place of ", "semaphore"),
}
MAKERS = (
    (asyncio.Barrier, "barrier"),
    (asyncio.Condition, "condition"),
    (asyncio.Event, "event"),
    (asyncio.Lock, "lock"),
    (asyncio.Queue, "queue"),
    (asyncio.Semaphore, "semaphore"),
    (asyncio.BoundedSemaphore, "semaphore"),
)
OTHERS = {
    "TaskGroup.__aexit__": "its task group",
    "as_completed.<locals>._wait_for_one": "the next that is done",
    "_AsCompletedIterator._wait_for_one": "the next that is done",
    "_AsCompletedIterator.__anext__": "the next that is done",
    "to_thread": "a thread",
    "wait_for": "an answer in time",
}
SOCKETS = ("streams.py", "selector_events.py", "base_events.py", "sslproto.py")
INSTALLED = ("site-packages", "dist-packages")


class InOrder(dict):
    """The tasks of a group in the order of their creation.

    The library keeps them in a set, and so cancels them in any order: each is
    right, and this one is the same in every run.
    """

    def add(self, task: Task) -> None:
        """As a set does."""
        self[task] = None

    def discard(self, task: Task) -> None:
        """As a set does."""
        self.pop(task, None)


class TaskTracer:
    """Watches the loop's steps; keeps no task alive."""

    def __init__(self, root: Path) -> None:
        self.trace = Trace(root, "task")
        self.lanes: WeakKeyDictionary[Task, int] = WeakKeyDictionary()
        self.requests: WeakKeyDictionary[Task, int] = WeakKeyDictionary()
        self.limits: WeakKeyDictionary[object, float] = WeakKeyDictionary()
        self.inside: WeakKeyDictionary[Task, ref] = WeakKeyDictionary()

    def start(self) -> None:
        """Follow how tasks are made, how they step, what limits and blocks them."""
        create_task = base_events.BaseEventLoop.create_task
        run_handle = events.Handle._run
        make_group = taskgroups.TaskGroup.__init__
        set_limit = timeouts.Timeout.__init__

        def created(loop: object, coroutine: CoroutineType, **keywords: object) -> Task:
            task = create_task(loop, coroutine, **keywords)
            self.created(task, coroutine, asyncio.current_task(loop))
            return task

        def ran(handle: events.Handle) -> None:
            owner = getattr(handle._callback, "__self__", None)
            name = getattr(handle._callback, "__name__", "")
            steps = isinstance(owner, Task) and owner in self.lanes and name != "cancel"
            begun = steps and self.begin(owner)
            run_handle(handle)
            self.note_requests(owner, steps)
            if steps:
                self.pause(owner, begun)

        def grouped(group: asyncio.TaskGroup) -> None:
            make_group(group)
            group._tasks = InOrder()

        def limited(limit: timeouts.Timeout, when: float | None) -> None:
            set_limit(limit, when)
            self.limited(limit, sys._getframe(1))

        for owner, kind in MAKERS:
            self.trace.watch_making(owner, kind)
        self.trace.watch(time, "sleep", self.blocking)
        events.new_event_loop = SteadyLoop  # asyncio.run and pytest take theirs there
        base_events.BaseEventLoop.create_task = created
        events.Handle._run = ran
        taskgroups.TaskGroup.__init__ = grouped
        timeouts.Timeout.__init__ = limited

    def finish(self) -> None:
        """Leave the trace; the loop is closed already."""
        self.trace.write()

    def created(self, task: Task, coroutine: CoroutineType, by: Task | None) -> None:
        """A lane for the task, unless the loop or a library made it for itself."""
        if coroutine.__name__ in HOUSEKEEPING or library_of(coroutine):
            return
        self.lanes[task] = lane = self.trace.lane(call_of(coroutine))
        self.requests[task] = 0
        if by in self.lanes:
            self.trace.note(self.lanes[by], "creates", [lane], self.trace.line())

    def limited(self, limit: timeouts.Timeout, caller: FrameType) -> None:
        """The current task sets a limit: for how many seconds?"""
        seconds = caller.f_locals.get("delay")
        task = asyncio.current_task()
        if seconds is not None and task in self.lanes:
            self.limits[limit] = seconds
            line = self.trace.line()
            self.trace.note(self.lanes[task], "limits", line=line, seconds=seconds)

    def blocking(self, sleep: Callable, seconds: float) -> None:
        """A ``time.sleep``: if a task calls it, no other gets a turn."""
        loop = events._get_running_loop()  # there is none in another thread
        lane = self.lanes.get(asyncio.current_task(loop)) if loop else None
        if lane is None:
            sleep(seconds)
            return
        line = self.trace.line()
        self.trace.note(lane, "blocks the loop for", line=line, seconds=seconds)
        sleep(seconds)
        if isinstance(loop, SteadyLoop):  # the program may have brought its own
            loop.was_blocked(seconds)
        self.trace.note(lane, "goes on")

    def begin(self, task: Task) -> bool:
        """Before a step; False when it only ends a task that never began."""
        lane, name = self.lanes[task], task.get_name()
        if not UNNAMED.fullmatch(name):
            self.trace.lanes[lane] = name
        new = getcoroutinestate(task.get_coro()) == CORO_CREATED
        if new and task.cancelling():
            return False
        self.trace.note(lane, "begins" if new else "goes on")
        return True

    def note_requests(self, owner: object, steps: bool) -> None:
        """After a step: who has been asked to stop, and by whom?"""
        asked = [
            task for task, times in self.requests.items() if task.cancelling() > times
        ]
        for task in asked:
            self.requests[task] = task.cancelling()
        lanes = sorted(self.lanes[task] for task in asked)
        if steps and lanes:
            self.trace.note(self.lanes[owner], "cancels", lanes)
            return
        by = {"TaskGroup": "task group", "Timeout": "time limit"}
        source = by.get(type(owner).__name__, "")
        seconds = (
            self.limits.get(owner) if isinstance(owner, timeouts.Timeout) else None
        )
        for lane in lanes:
            self.trace.note(lane, "is asked to stop", source, seconds=seconds)

    def pause(self, task: Task, begun: bool) -> None:
        """After a step: has it ended, and how, or what does it wait for?"""
        lane = self.lanes[task]
        if self.still_inside(task) and self.trace.events[-1][:2] == (lane, "goes on"):
            self.trace.events.pop()  # a library's own step, which the program never saw
        elif not task.done():
            self.wait(lane, task)
        elif task.cancelled():
            self.trace.note(lane, "is cancelled" if begun else "never begins")
        elif task._exception is not None:  # asking for it would mark it as seen
            self.trace.note(lane, "fails", type(task._exception).__name__)
        else:
            self.trace.note(lane, "ends")

    def still_inside(self, task: Task) -> bool:
        """Whether it waits in the same call of a library as after the step before."""
        before = self.inside.pop(task, lambda: None)()
        calls = [c for c in suspended(task.get_coro()) if library_of(c)]
        if task.done() or not calls:
            return False
        self.inside[task] = ref(calls[0])
        return before is calls[0]

    def wait(self, lane: int, task: Task) -> None:
        """Note what a suspended task waits for."""
        chain = list(suspended(task.get_coro()))
        own = [c for c in chain if self.trace.own(c.cr_code)]
        deepest = own[-1] if own else None
        frame = deepest.cr_frame if deepest else None
        place = {
            "line": frame.f_lineno if frame else 0,
            "inside": call_of(deepest) if len(own) > 1 else "",
        }
        waiter = task._fut_waiter
        library = chain[chain.index(deepest) + 1 if deepest else 0 :]
        if library and library_of(library[0]):
            self.trace.note(lane, "waits", library_of(library[0]), **place)
        elif waiter is None:
            self.trace.note(lane, "lets others run", **place)
        elif library and library[-1].cr_code.co_qualname == "sleep":
            seconds = library[-1].cr_frame.f_locals["delay"]
            self.trace.note(lane, "sleeps", seconds=seconds, **place)
        else:
            on = self.waited_for(waiter, library)
            self.trace.note(lane, "waits", on, **place)

    def waited_for(
        self, waiter: object, library: list[CoroutineType]
    ) -> str | list[int]:
        """A text, or the lanes that are waited for."""
        tasks = getattr(waiter, "_children", [waiter])  # gather keeps its tasks there
        if library and library[0].cr_code.co_qualname == "wait":
            tasks = library[0].cr_frame.f_locals["fs"]
        lanes = [
            self.lanes[t] for t in tasks if isinstance(t, Task) and t in self.lanes
        ]
        if lanes:
            return sorted(lanes)
        for coroutine in library:
            name = coroutine.cr_code.co_qualname
            if name in THINGS:
                before, kind = THINGS[name]
                thing = coroutine.cr_frame.f_locals["self"]
                return before + self.trace.thing(thing, kind)
            if name in OTHERS:
                return OTHERS[name]
            if coroutine.cr_code.co_filename.endswith(SOCKETS):
                return "a socket"
        return "a future"


def library_of(coroutine: CoroutineType) -> str:
    """``aiohttp`` if the coroutine stands in that library; empty if in none."""
    parts = Path(coroutine.cr_code.co_filename).parts
    place = next((parts.index(name) for name in INSTALLED if name in parts), None)
    return "" if place is None else parts[place + 1].removesuffix(".py")


def suspended(coroutine: object) -> Iterator[CoroutineType]:
    """The coroutine, the one it awaits, and so on."""
    while isinstance(coroutine, CoroutineType):
        yield coroutine
        coroutine = coroutine.cr_await


def call_of(coroutine: CoroutineType) -> str:
    """``ask north``: the coroutine's name and its first argument."""
    code, frame = coroutine.cr_code, coroutine.cr_frame
    names = code.co_varnames[: code.co_argcount] if frame else ()
    return called_with(code.co_name, [frame.f_locals.get(name) for name in names])
