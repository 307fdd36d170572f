"""A warm process that forks one child for each job.

It has imported the heavy libraries once; every example starts from that
state, in a process of its own. Jobs come as lines of JSON on stdin, an
answer goes out on stdout for each.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import sys
import time

import child
from processes import GRACE, TICK, end_survivors

WARM = (
    "aiohttp.web",
    "asyncio",
    "concurrent.futures",
    "csv",
    "dataclasses",
    "logging",
    "multiprocessing",
    "pdb",
    "pytest",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "sqlalchemy.orm",
    "sqlite3",
    "tomllib",
    "traceback",
    "unittest.mock",
    # what pytest imports when it starts, and not before
    "_pytest.assertion.rewrite",
    "_pytest.faulthandler",
    "_pytest.helpconfig",
    "_pytest.junitxml",
    "_pytest.pastebin",
    "_pytest.setuponly",
    "_pytest.setupplan",
    "_pytest.skipping",
    "_pytest.threadexception",
    "_pytest.tracemalloc",
    "_pytest.unittest",
    "_pytest.unraisableexception",
    "_pytest.warnings",
)


def main() -> None:
    """Serve jobs until stdin ends."""
    for name in WARM:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()
    print("warm", flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        pid = os.fork()
        if pid == 0:
            live_and_die(job)
        print(json.dumps(wait_for(pid, job["limit"] + GRACE)), flush=True)


def live_and_die(job: dict) -> None:
    """The child's whole life; it never returns into the nursery's loop."""
    status = 70  # EX_SOFTWARE: the machinery itself failed
    try:
        status = child.run(job)
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
        sys.stderr.flush()
    finally:
        os._exit(status)


def wait_for(pid: int, limit: float) -> dict:
    """Wait for a child and for what it started; end both at the limit."""
    deadline = time.monotonic() + limit
    status = None
    while status is None and time.monotonic() < deadline:
        done, code = os.waitpid(pid, os.WNOHANG)
        if done:
            status = os.waitstatus_to_exitcode(code)
        else:
            time.sleep(TICK)
    if status is None:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return {"status": status, "survivors": end_survivors(pid)}


if __name__ == "__main__":
    main()
