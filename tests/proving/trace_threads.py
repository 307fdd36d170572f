"""Tracing threads: what they start, wait for, hold and let go.

The classes of :mod:`threading` and :mod:`queue` are watched where the example
itself calls them; what the libraries do for themselves leaves no event. What
lets others go on is noted before it happens, and what had to be waited for
afterwards, so that the order of the events is one that can have been.
"""

import inspect
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from trace_pools import PoolTracer
from tracer import UNNAMED, Trace, called_with
from turns import Turns

MAKERS = (
    (threading.Barrier, "barrier"),
    (threading.Condition, "condition"),
    (threading.Event, "event"),
    (queue.Queue, "queue"),
    (threading.Semaphore, "semaphore"),
    (threading.BoundedSemaphore, "semaphore"),
)
# Class, method, what is waited for, the kind of thing, and: is it there already?
WAITS = (
    (threading.Barrier, "wait", "", "barrier", lambda _: False),
    (threading.Condition, "wait", "", "condition", lambda _: False),
    (threading.Condition, "wait_for", "", "condition", lambda _: False),
    (threading.Event, "wait", "", "event", lambda event: event.is_set()),
    (threading.Semaphore, "acquire", "a place of ", "semaphore", lambda s: s._value),
    (threading.Semaphore, "__enter__", "a place of ", "semaphore", lambda s: s._value),
    (queue.Queue, "get", "an item in ", "queue", lambda items: not items.empty()),
    (queue.Queue, "join", "the end of ", "queue", lambda q: not q.unfinished_tasks),
)
# Class, method, what it does, to what, and the kind of thing.
RELEASES = (
    (threading.Condition, "notify", "notifies", "", "condition"),
    (threading.Condition, "notify_all", "notifies", "", "condition"),
    (threading.Event, "set", "sets", "", "event"),
    (threading.Semaphore, "release", "frees", "a place of ", "semaphore"),
    (threading.BoundedSemaphore, "release", "frees", "a place of ", "semaphore"),
    (threading.Semaphore, "__exit__", "frees", "a place of ", "semaphore"),
    (queue.Queue, "task_done", "ticks off", "an item in ", "queue"),
)


class ThreadTracer:
    """Watches threads, locks and the other things they meet at."""

    def __init__(self, root: Path) -> None:
        self.trace = Trace(root, "thread")
        self.lanes: dict[threading.Thread, int] = {}
        self.turns = Turns(self.trace, self.lane_of)
        self.putting: dict[int, Callable[[], None]] = {}

    def start(self) -> None:
        """Put a watched version in the place of each class and method."""
        self.lanes[threading.main_thread()] = self.trace.lane("main thread")
        self.note("begins")
        threading.Lock = self.watched_lock(threading.Lock)
        threading.RLock = self.watched_lock(threading.RLock)
        for owner, kind in MAKERS:
            self.trace.watch_making(owner, kind)
        for wait in WAITS:
            self.watch_wait(*wait)
        for release in RELEASES:
            self.watch_release(*release)
        self.watch_put()
        self.watch_threads()
        self.watch_sleep()
        PoolTracer(self).start()
        self.turns.start()

    def lane_of(self, ident: int) -> int | None:
        """The lane of a thread by its number."""
        known = list(self.lanes.items())  # at once: another thread may add to it
        return next((lane for thread, lane in known if thread.ident == ident), None)

    def finish(self) -> None:
        """The main thread is at its end: leave the trace."""
        self.note("ends")
        self.trace.write()

    def note(self, what: str, on: str | list[int] = "", **place: Any) -> None:
        """An event of the current thread, if it has a lane."""
        self.turns.flush()
        lane = self.lanes.get(threading.current_thread())
        if lane is not None:
            self.trace.note(lane, what, on, **place)

    @contextmanager
    def on(self, lane: int) -> Iterator[None]:
        """The current thread, one of a pool, does the job of this lane."""
        worker = threading.current_thread()
        self.lanes[worker] = lane
        self.note("begins")
        try:
            yield
        except BaseException as error:
            self.note("fails", type(error).__name__)
            raise
        else:
            self.note("ends")
        finally:
            del self.lanes[worker]

    def waiting(self, on: str | list[int], seconds: float | None) -> None:
        """The current thread begins to wait, for so many seconds at most."""
        self.note("waits", on, line=self.trace.line(), seconds=seconds)

    def watch_wait(
        self, owner: type, name: str, before: str, kind: str, ready: Callable
    ) -> None:
        """A method that may wait."""
        signature = inspect.signature(getattr(owner, name))

        def wait(original: Callable, thing: Any, *rest: Any, **keywords: Any) -> Any:
            said = signature.bind(thing, *rest, **keywords).arguments
            blocks = said.get("blocking", True) and said.get("block", True)
            if ready(thing) or not blocks:
                return original(thing, *rest, **keywords)
            on = before + self.trace.thing(thing, kind)
            if kind == "barrier":
                on += f" for {thing.parties} threads"
            self.waiting(on, said.get("timeout"))
            try:
                result = original(thing, *rest, **keywords)
            except Exception:
                self.note("gives up")
                raise
            self.note("gives up" if result is False else "goes on")
            return result

        self.trace.watch(owner, name, wait)

    def watch_release(
        self, owner: type, name: str, what: str, before: str, kind: str
    ) -> None:
        """A method that lets others go on."""

        def release(original: Callable, thing: Any, *rest: Any, **keywords: Any) -> Any:
            on = before + self.trace.thing(thing, kind)
            self.note(what, on, line=self.trace.line())
            return original(thing, *rest, **keywords)

        self.trace.watch(owner, name, release)

    def watch_put(self) -> None:
        """Putting an item may wait for a place, and then lets others go on.

        It is noted where the queue stores the item: behind the wait for a
        place, and before anybody can have it.
        """
        signature = inspect.signature(queue.Queue.put)

        def put(original: Callable, items: Any, *rest: Any, **keywords: Any) -> None:
            said = signature.bind(items, *rest, **keywords).arguments
            name, line = self.trace.thing(items, "queue"), self.trace.line()
            waits = items.full() and said.get("block", True)
            if waits:
                self.waiting(f"a place in {name}", said.get("timeout"))

            def stored() -> None:
                if waits:
                    self.note("goes on")
                self.note("puts", f"an item in {name}", line=line)

            thread = threading.get_ident()
            self.putting[thread] = stored
            try:
                original(items, *rest, **keywords)
            except Exception:
                if waits:
                    self.note("gives up")
                raise
            finally:
                self.putting.pop(thread, None)

        def watched_store(store: Callable) -> Callable:
            def method(items: Any, item: object) -> None:
                self.putting.pop(threading.get_ident(), int)()
                store(items, item)

            return method

        for owner in (queue.Queue, queue.LifoQueue, queue.PriorityQueue):
            owner._put = watched_store(owner._put)
        self.trace.watch(queue.Queue, "put", put)

    def watch_sleep(self) -> None:
        """``time.sleep``; for no time at all it only offers a turn."""

        def sleep(original: Callable, seconds: float) -> None:
            line = self.trace.line()
            if seconds:
                self.note("sleeps", line=line, seconds=seconds)
            else:
                self.note("lets others run", line=line)
            original(seconds)
            self.note("goes on")

        self.trace.watch(time, "sleep", sleep)

    def watch_threads(self) -> None:
        """Their start, their end, and who waits for it."""
        run = threading.Thread._bootstrap_inner

        def start(original: Callable, thread: threading.Thread) -> None:
            lane = self.lanes[thread] = self.trace.lane(name_of(thread))
            self.note("creates", [lane], line=self.trace.line())
            original(thread)

        def running(thread: threading.Thread) -> None:
            lane = self.lanes.get(thread)
            if lane is None:
                run(thread)
                return
            failure = []
            tell = thread._invoke_excepthook

            def failing(failed: threading.Thread) -> None:
                failure.append(sys.exc_info()[0].__name__)
                tell(failed)

            thread._invoke_excepthook = failing
            self.turns.flush()
            self.trace.note(lane, "begins")
            run(thread)
            self.turns.flush()
            self.trace.note(lane, "fails" if failure else "ends", *failure)

        def join(
            original: Callable, thread: threading.Thread, timeout: float | None = None
        ) -> None:
            if thread not in self.lanes or not thread.is_alive():
                original(thread, timeout)
                return
            self.waiting([self.lanes[thread]], timeout)
            original(thread, timeout)
            self.note("gives up" if thread.is_alive() else "goes on")

        threading.Thread._bootstrap_inner = running
        self.trace.watch(threading.Thread, "start", start)
        self.trace.watch(threading.Thread, "join", join)

    def watched_lock(self, make: Callable) -> type:
        """A lock that tells who waits for it, takes it and releases it."""
        tracer = self

        class Lock:
            def __new__(cls) -> Any:
                own = tracer.trace.own(sys._getframe(1).f_code)
                return object.__new__(cls) if own else make()

            def __init__(self) -> None:
                self._lock = make()
                tracer.trace.made(self, "lock", sys._getframe(1))

            def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
                name, line = tracer.trace.thing(self, "lock"), tracer.trace.line()
                got = self._lock.acquire(False)
                if not got and blocking:
                    tracer.waiting(name, None if timeout < 0 else timeout)
                    got = self._lock.acquire(True, timeout)
                    if not got:
                        tracer.note("gives up")
                if got:
                    tracer.note("takes", name, line=line)
                return got

            def release(self) -> None:
                name = tracer.trace.thing(self, "lock")
                tracer.note("releases", name, line=tracer.trace.line())
                self._lock.release()

            def __enter__(self) -> bool:
                return self.acquire()

            def __exit__(self, *_: object) -> None:
                self.release()

            def __getattr__(self, name: str) -> Any:
                return getattr(self._lock, name)

        return Lock


def name_of(thread: threading.Thread) -> str:
    """The thread's own name; else its function and the first argument."""
    target = getattr(thread, "_target", None)
    if target is None or not UNNAMED.fullmatch(thread.name):
        return thread.name
    return called_with(getattr(target, "__name__", "thread"), thread._args)
