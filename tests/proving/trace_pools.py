"""Tracing pools of threads: each job has a lane, whichever worker runs it.

A lane begins when a worker takes the job, and until then has not begun. Whoever
asks for a result, or leaves the pool, waits for the jobs that are not done.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent import futures
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from tracer import called_with

if TYPE_CHECKING:
    from trace_threads import ThreadTracer

NEXT = "the next that is done"


class PoolTracer:
    """Watches what is handed to pools and who waits for it, for a thread tracer."""

    def __init__(self, threads: "ThreadTracer") -> None:
        self.threads = threads
        self.lanes: WeakKeyDictionary[Future, int] = WeakKeyDictionary()
        self.pools: WeakKeyDictionary[ThreadPoolExecutor, list[Future]] = (
            WeakKeyDictionary()
        )

    def start(self) -> None:
        """Put a watched version in the place of each method."""
        self.watch_submit()
        self.watch_answer("result")
        self.watch_answer("exception")
        self.watch_shutdown()
        self.watch_as_completed()

    def watch_submit(self) -> None:
        """``submit``, which ``map`` uses too."""
        submit = ThreadPoolExecutor.submit

        def submitted(
            pool: ThreadPoolExecutor, function: Callable, /, *rest: Any, **keywords: Any
        ) -> Future:
            trace = self.threads.trace
            name = getattr(function, "__name__", "job")
            lane = trace.lane(called_with(name, rest))
            self.threads.note("submits", [lane], line=trace.line())

            def job(*rest: Any, **keywords: Any) -> Any:
                with self.threads.on(lane):
                    return function(*rest, **keywords)

            future = submit(pool, job, *rest, **keywords)
            self.lanes[future] = lane
            self.pools.setdefault(pool, []).append(future)
            return future

        ThreadPoolExecutor.submit = submitted

    def watch_answer(self, name: str) -> None:
        """``result`` and ``exception``: they wait until the job is done."""
        answer = getattr(Future, name)

        def answered(future: Future, timeout: float | None = None) -> Any:
            lanes = self.unfinished([future])
            if lanes:
                self.threads.waiting(lanes, timeout)
            try:
                return answer(future, timeout)
            finally:
                if lanes:
                    self.threads.note("goes on" if future.done() else "gives up")

        setattr(Future, name, answered)

    def watch_shutdown(self) -> None:
        """Leaving a pool waits for all its jobs."""
        shutdown = ThreadPoolExecutor.shutdown

        def shut(pool: ThreadPoolExecutor, wait: bool = True, **keywords: Any) -> None:
            lanes = self.unfinished(self.pools.get(pool, [])) if wait else []
            if lanes:
                self.threads.waiting(lanes, None)
            shutdown(pool, wait, **keywords)
            if lanes:
                self.threads.note("goes on")

        ThreadPoolExecutor.shutdown = shut

    def watch_as_completed(self) -> None:
        """The first that is done comes first."""
        as_completed = futures.as_completed

        def completed(
            fs: Iterable[Future], timeout: float | None = None
        ) -> Iterator[Future]:
            pending = set(fs)
            done = as_completed(pending, timeout)
            while pending:
                waits = len(self.unfinished(pending)) == len(pending)
                if waits:
                    self.threads.waiting(NEXT, timeout)
                future = next(done)
                if waits:
                    self.threads.note("goes on")
                pending.remove(future)
                yield future

        futures.as_completed = completed

    def unfinished(self, jobs: Iterable[Future]) -> list[int]:
        """The lanes of those that are not done."""
        lanes = [
            self.lanes[job] for job in jobs if job in self.lanes and not job.done()
        ]
        return sorted(lanes)
