"""Run a program in the page as a terminal would run it.

Pyodide has no processes, no sockets and no selector, and calls itself
interactive. Here a file runs as a fresh ``__main__``, ``asyncio.run`` blocks,
``input()`` reads, and a traceback begins with the program's first line.
"""

import asyncio
import atexit
import contextlib
import importlib
import inspect
import io
import os
import shlex
import sys
import time
import traceback
import types
from asyncio.base_events import BaseEventLoop
from collections.abc import Callable, Sequence
from pathlib import Path

import sql_file
from pyodide.ffi import run_sync

# A browser compiles SQLite at its first use, which takes longer than most programs.
FIRST = "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1); SELECT n FROM t;"


class NothingToSelect:
    """The selector of a loop without sockets: time is all that passes."""

    def select(self, timeout: float | None) -> list:
        """Wait until the next timer; without one nothing can ever happen."""
        if timeout is None:
            raise RuntimeError("every task waits, and nothing is left to wake one")
        time.sleep(timeout)
        return []


class BlockingLoop(BaseEventLoop):
    """An event loop that runs its tasks to the end, as on a computer."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = NothingToSelect()

    def _process_events(self, events: list) -> None:
        """There are none."""

    def _write_to_self(self) -> None:
        """No other thread can wake the loop."""


class BlockingPolicy(asyncio.events._BaseDefaultEventLoopPolicy):
    """Every new event loop is a blocking one."""

    _loop_factory = BlockingLoop


class Keyboard(io.TextIOBase):
    """Standard input: the lines that the reader types.

    ``ask()`` gives a line without its end, or None at the end of the input; or,
    where the browser can switch stacks, a promise of that.
    """

    encoding = "utf-8"

    def __init__(self, ask: Callable[[], str | None]) -> None:
        self.ask = ask
        self.page = asyncio._get_running_loop()  # Pyodide's own

    def readable(self) -> bool:
        return True

    def readline(self, _size: int = -1) -> str:
        sys.stdout.flush()
        own = asyncio._get_running_loop()
        asyncio._set_running_loop(self.page)  # a promise belongs to its loop
        line = self.ask()
        if hasattr(line, "then"):
            line = run_sync(line)
        asyncio._set_running_loop(own)
        return "" if line is None else f"{line}\n"

    def read(self, _size: int = -1) -> str:
        return "".join(self)


def prepare(names: list[str]) -> None:
    """Import what a program will import, while its reader still reads.

    The names come from the program's text; the program itself says what is wrong
    with one that cannot be imported. What SQLite answers here, nobody sees.
    """
    for name in names:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    if "sqlite3" in names:
        sql_file.run(FIRST, write=str)


def run(
    folder: str,
    files: dict[str, str],
    command: str,
    ask: Callable[[], str | None],
    tell: Callable[[dict], None],
) -> dict:
    """Run the command on these files in an empty folder.

    ``tell`` hears of each test while an exercise is checked. Returns ``status``
    and, where the program itself failed, its ``file``, ``line`` and ``error``.
    """
    lay_out(Path(folder), files)
    be_a_terminal(ask)
    program, *arguments = shlex.split(command)
    if program == "python":
        end = run_python(arguments)
    elif program == "pytest":
        end = run_pytest(arguments)
    elif program == "sqlite3":
        end = run_sqlite3(arguments[-1])
    else:
        end = run_pytest([*arguments, "-p", "no:terminal"], [Teller(tell)])
    try:
        atexit._run_exitfuncs()
    except BaseException as error:
        traceback.print_exception(error)
    sys.stdout.flush()
    sys.stderr.flush()
    return end


def lay_out(folder: Path, files: dict[str, str]) -> None:
    """Write the files, and make their folder the current one."""
    for name, text in files.items():
        path = folder / "work" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / "tmp").mkdir()
    os.environ["TMPDIR"] = str(folder / "tmp")
    os.chdir(folder / "work")
    sys.path[0] = str(folder / "work")


def be_a_terminal(ask: Callable[[], str | None]) -> None:
    """Lines appear when they end, ``input()`` asks, ``asyncio.run`` blocks."""
    sys.stdout.reconfigure(line_buffering=True)
    sys.stderr.reconfigure(line_buffering=True)
    sys.stdin = Keyboard(ask)
    sys.dont_write_bytecode = True
    asyncio._set_running_loop(None)
    asyncio.run = asyncio.runners.run  # Pyodide's own would not block
    time.sleep = inspect.unwrap(time.sleep)
    asyncio.events._set_event_loop_policy(BlockingPolicy())


def run_python(arguments: list[str]) -> dict:
    """As ``python FILE …``."""
    name = arguments[0]
    sys.argv[:] = arguments
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    main.__file__ = str(Path(name).resolve())
    try:
        code = compile(Path(name).read_bytes(), name, "exec", dont_inherit=True)
        exec(code, main.__dict__)
    except SystemExit as end:
        return {"status": status_of(end)}
    except BaseException as error:
        error.__traceback__ = own_part(error.__traceback__)
        sys.stdout.flush()
        sys.excepthook(type(error), error, error.__traceback__)
        return {"status": 1, **place_of(error)}
    return {"status": 0}


def run_sqlite3(name: str) -> dict:
    """As ``sqlite3 -box < FILE``."""
    failure = sql_file.run(Path(name).read_text("utf-8"), sys.stdout.write)
    if not failure:
        return {"status": 0}
    line, message = failure
    print(f'File "{name}", line {line}: {message}', file=sys.stderr)
    return {"status": 1, "file": name, "line": line, "error": message}


def own_part(frames: types.TracebackType | None) -> types.TracebackType | None:
    """The traceback from the program's first line on."""
    while frames and frames.tb_frame.f_code.co_filename == run.__code__.co_filename:
        frames = frames.tb_next
    return frames


def place_of(error: BaseException) -> dict:
    """The last line of the reader's own files that the error went through."""
    short = "".join(traceback.format_exception_only(error)).strip().splitlines()[-1]
    here = f"{Path.cwd()}/"
    if isinstance(error, SyntaxError) and error.filename:
        file = error.filename.removeprefix(here)
        return {"file": file, "line": error.lineno, "error": short}
    frames = traceback.extract_tb(error.__traceback__)
    own = [(frame.filename.removeprefix(here), frame.lineno) for frame in frames]
    own = [(name, line) for name, line in own if not name.startswith(("/", "<"))]
    if not own:
        return {"error": short}
    return {"file": own[-1][0], "line": own[-1][1], "error": short}


def status_of(end: SystemExit) -> int:
    """The exit status that an interpreter would give."""
    if end.code is None or isinstance(end.code, int):
        return end.code or 0
    print(end.code, file=sys.stderr)
    return 1


class Teller:
    """A plugin of pytest that tells of every test, and of what stops them all."""

    def __init__(self, tell: Callable[[dict], None]) -> None:
        self.tell = tell

    def pytest_collectreport(self, report: "pytest.CollectReport") -> None:  # noqa: F821
        """A file that cannot be read stops all its tests."""
        if report.failed:
            self.tell({"test": "", "outcome": "failed", "message": message(report)})

    def pytest_runtest_logreport(self, report: "pytest.TestReport") -> None:  # noqa: F821
        """A test fails in any of its phases, and passes in one."""
        name = report.nodeid.partition("::")[2]
        if report.failed:
            self.tell({"test": name, "outcome": "failed", "message": message(report)})
        elif report.when == "call" or report.skipped:
            self.tell({"test": name, "outcome": report.outcome, "message": ""})


def message(report: "pytest.CollectReport | pytest.TestReport") -> str:  # noqa: F821
    """Why it failed, without the frames of pytest."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return crash.message if crash else str(report.longrepr)


def run_pytest(arguments: list[str], plugins: Sequence[Teller] = ()) -> dict:
    """As ``pytest …``, without a cache folder."""
    import pytest

    options = ["-p", "no:cacheprovider"]
    return {"status": int(pytest.main([*arguments, *options], plugins))}
