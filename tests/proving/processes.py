"""Ending what an example's process has started (POSIX process groups)."""

import contextlib
import os
import signal
import time
from pathlib import Path

TICK = 0.002  # seconds between two looks
GRACE = 2.0  # seconds a process gets to end by itself
PROC = Path("/proc")  # where Linux tells the state of each process
ENDED = "ZX"  # states of a process that has ended, and nobody has asked how


def end_survivors(group: int) -> bool:
    """Whether a process of the child's group outlived it (it is killed then)."""
    deadline = time.monotonic() + GRACE
    while time.monotonic() < deadline:
        if not lives(group):
            return False
        time.sleep(TICK)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
    return True


def lives(group: int) -> bool:
    """Whether a process of the group is running.

    One whose parent has ended is waited for by the first process of the system,
    which in some containers takes its time; until then it is in its group.
    """
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    states = states_in(group)
    return not states or any(state not in ENDED for state in states)


def states_in(group: int) -> list[str]:
    """The state of each process in the group; empty where the system has no /proc."""
    found = []
    for process in PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended in the meantime
            text = (process / "stat").read_text("utf-8")
            state, _, its_group, *_ = text.rpartition(")")[2].split()
            if int(its_group) == group:
                found.append(state)
    return found
