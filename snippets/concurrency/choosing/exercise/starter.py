from collections import deque
from collections.abc import Callable, Iterable
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

    def run(self, limit: float) -> Report:
        return self.report()

    def cancel(self) -> None:
        pass


class TaskSweep(PriceSweep):
    """Its `ask` is a coroutine function."""

    def run(self, limit: float) -> Report:
        return self.report()

    def cancel(self) -> None:
        pass
