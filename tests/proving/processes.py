"""Ending what an example's process has started (POSIX process groups)."""

import contextlib
import os
import signal
import time

TICK = 0.002  # seconds between two looks
GRACE = 2.0  # seconds a process gets to end by itself


def end_survivors(group: int) -> bool:
    """Whether a process of the child's group outlived it (it is killed then)."""
    deadline = time.monotonic() + GRACE
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(TICK)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
    return True
