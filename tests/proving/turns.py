"""Counting the lines that each thread executes between two events.

One thread at a time executes lines in a default build of Python, so the counts
say whose turn it was, and for how long. Lines are what a program does; they
are counted, not timed.
"""

import sys
import threading
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

from tracer import Trace

MANY = 1000  # lines from which on a thread computes


class Turns:
    """Notes that a thread computed, when its turn or its stretch ends."""

    def __init__(self, trace: Trace, lane_of: Callable[[int], int | None]) -> None:
        self.trace = trace
        self.lane_of = lane_of
        self.thread = 0
        self.lines: dict[int, int] = {}
        self.lock = threading.Lock()

    def start(self) -> None:
        """Count the lines of the example's own files."""
        if sys.version_info < (3, 12):
            threading.settrace(self.entered)
            sys.settrace(self.entered)
            return
        monitoring = sys.monitoring
        tool, event = monitoring.DEBUGGER_ID, monitoring.events.LINE
        monitoring.use_tool_id(tool, "turns")
        monitoring.register_callback(tool, event, self.executed)
        monitoring.set_events(tool, event)

    def entered(self, frame: FrameType, _event: str, _: Any) -> Callable | None:
        """Before Python 3.12: follow the lines of the example's functions only."""
        return self.line if self.trace.own(frame.f_code) else None

    def line(self, _frame: FrameType, event: str, _: Any) -> Callable:
        """Before Python 3.12: one more line."""
        if event == "line":
            self.count()
        return self.line

    def executed(self, code: CodeType, _line: int) -> object:
        """From Python 3.12: one more line, or never again one of the library's."""
        if not self.trace.own(code):
            return sys.monitoring.DISABLE
        self.count()
        return None

    def count(self) -> None:
        """A line of the thread that is running."""
        thread = threading.get_ident()
        if thread != self.thread:
            self.flush()
            self.thread = thread
        self.lines[thread] = self.lines.get(thread, 0) + 1

    def flush(self) -> None:
        """Note what has been counted, in round numbers."""
        with self.lock:  # what is taken out is noted before anything else is
            for thread in list(self.lines):
                lines, lane = self.lines.pop(thread), self.lane_of(thread)
                if lines >= MANY and lane is not None:
                    about = f"{float(f'{lines:.1e}'):,.0f} lines"
                    self.trace.note(lane, "computes", about)
