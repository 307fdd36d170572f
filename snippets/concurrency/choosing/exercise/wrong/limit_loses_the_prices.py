"""At the limit TaskSweep raises TimeoutError: the prices are lost."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

LINES = 2  # questions that may be in flight with one supplier
Question = tuple[str, str]  # supplier, ISBN


@dataclass
class Report:
    prices: dict[Question, int]
    errors: dict[Question, str]
    missing: list[Question]


class PriceSweep:
    """The interface, and what both sweeps have in common."""

    def __init__(
        self, ask: Callable[..., Any], questions: Iterable[Question]
    ) -> None:
        self.ask = ask
        self.questions = sorted(questions)
        self.waiting: dict[str, deque[str]] = {}
        for supplier, isbn in self.questions:
            self.waiting.setdefault(supplier, deque()).append(isbn)
        self.prices: dict[Question, int] = {}
        self.errors: dict[Question, str] = {}

    def run(self, limit: float) -> Report:
        """Ask for at most `limit` seconds, and report."""
        raise NotImplementedError

    def cancel(self) -> None:
        """End a run() early; another thread calls this."""
        raise NotImplementedError

    def next_isbn(self, supplier: str) -> str | None:
        """The supplier's next book, or None; threads may share it."""
        try:
            return self.waiting[supplier].popleft()
        except IndexError:
            return None

    def report(self) -> Report:
        known = self.prices.keys() | self.errors.keys()
        return Report(
            prices=dict(sorted(self.prices.items())),
            errors=dict(sorted(self.errors.items())),
            missing=[q for q in self.questions if q not in known],
        )


class ThreadSweep(PriceSweep):
    """Its `ask` is a function, and blocks."""

    def __init__(
        self, ask: Callable[..., int], questions: Iterable[Question]
    ) -> None:
        super().__init__(ask, questions)
        self.stop = threading.Event()

    def run(self, limit: float) -> Report:
        self.stop.clear()  # cancel() before run() does nothing
        workers = [
            threading.Thread(target=self.work, args=(supplier,))
            for supplier in self.waiting
            for _ in range(LINES)
        ]
        timer = threading.Timer(limit, self.stop.set)
        for thread in (timer, *workers):
            thread.start()
        for worker in workers:
            worker.join()
        timer.cancel()
        timer.join()
        return self.report()

    def cancel(self) -> None:
        self.stop.set()

    def work(self, supplier: str) -> None:
        while not self.stop.is_set():
            isbn = self.next_isbn(supplier)
            if isbn is None:
                return
            try:
                price = self.ask_twice(supplier, isbn)
                self.prices[supplier, isbn] = price
            except Exception as error:
                self.errors[supplier, isbn] = str(error)

    def ask_twice(self, supplier: str, isbn: str) -> int:
        try:
            return self.ask(supplier, isbn)
        except Exception:
            return self.ask(supplier, isbn)


class TaskSweep(PriceSweep):
    """Its `ask` is a coroutine function."""

    loop: asyncio.AbstractEventLoop | None = None

    def run(self, limit: float) -> Report:
        asyncio.run(self.sweep(limit))
        return self.report()

    async def sweep(self, limit: float) -> None:
        async with asyncio.timeout(limit), asyncio.TaskGroup() as group:
            self.workers = [
                group.create_task(self.work(supplier))
                for supplier in self.waiting
                for _ in range(LINES)
            ]
            self.loop = asyncio.get_running_loop()

    def stop(self) -> None:
        for worker in self.workers:
            worker.cancel()

    def cancel(self) -> None:
        if self.loop is not None:
            with suppress(RuntimeError):  # run() has closed it
                self.loop.call_soon_threadsafe(self.stop)

    async def work(self, supplier: str) -> None:
        # A call may swallow the cancellation, so look at the task too.
        while not asyncio.current_task().cancelling():
            isbn = self.next_isbn(supplier)
            if isbn is None:
                return
            try:
                price = await self.ask_twice(supplier, isbn)
                self.prices[supplier, isbn] = price
            except Exception as error:
                self.errors[supplier, isbn] = str(error)

    async def ask_twice(self, supplier: str, isbn: str) -> int:
        try:
            return await self.ask(supplier, isbn)
        except Exception:
            if asyncio.current_task().cancelling():
                raise asyncio.CancelledError from None
            return await self.ask(supplier, isbn)
