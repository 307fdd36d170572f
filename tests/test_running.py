"""The runner is red for every reason it has, and names file and line."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from proving import processes, running
from proving.examples import Example
from proving.judging import Run
from proving.running import CAN_FORK, Runner

WAYS = ["fork", "fresh"] if CAN_FORK else ["fresh"]


@pytest.fixture(scope="module", params=WAYS)
def runner(request: pytest.FixtureRequest) -> Iterator[Runner]:
    """A runner of each kind."""
    made = Runner(fresh=request.param == "fresh", warm_after=0)
    yield made
    made.close()


def example(folder: Path, source: str, **special: object) -> Example:
    """A made-up example, ``till.py``, in a folder outside ``snippets/``."""
    path = folder / "till.py"
    path.write_text(dedent(source).lstrip(), "utf-8")
    special = {"command": "python till.py"} | special
    return Example("till", {"till.py": path}, recording=folder / "till.out", **special)


RED = {
    "raises": (
        """
        price = "12"
        print(price + 1)
        """,
        "till.py:2: raised TypeError",
    ),
    "exits": ("raise SystemExit(3)", "exit status 3, expected 0"),
    "warns": (
        """
        import warnings
        warnings.warn("old till", DeprecationWarning)
        """,
        "till.py:2: raised DeprecationWarning: old till",
    ),
    "thread dies": (
        """
        import threading
        thread = threading.Thread(target=int, args=("x",))
        thread.start()
        thread.join()
        """,
        "wrote to stderr: ValueError",
    ),
    "thread left": (
        """
        import threading
        closing = threading.Event()
        threading.Thread(target=closing.wait, name="night", daemon=True).start()
        """,
        "left the thread 'night' running",
    ),
    "task left": (
        """
        import asyncio
        async def night():
            await asyncio.Event().wait()
        async def main():
            task = asyncio.create_task(night())
            await asyncio.sleep(0)
        asyncio.run(main())
        """,
        "left the task night unfinished",
    ),
    "never awaited": (
        """
        import asyncio
        async def ask():
            print("asked")
        async def main():
            ask()
        asyncio.run(main())
        """,
        "coroutine 'ask' was never awaited",
    ),
    "task fails unseen": (
        """
        import asyncio
        async def ask():
            raise LookupError("no price")
        async def main():
            task = asyncio.create_task(ask())
            await asyncio.sleep(0)
        asyncio.run(main())
        """,
        "wrote to stderr: LookupError: no price",
    ),
    "connection left": (
        """
        import sqlite3
        connection = sqlite3.connect(":memory:")
        """,
        "left a sqlite3 connection open",
    ),
    "engine not disposed": (
        """
        from sqlalchemy import create_engine
        engine = create_engine("sqlite://")
        with engine.connect():
            print("open")
        """,
        "left a sqlite3 connection open",
    ),
    "file not closed": (
        """
        file = open(__file__)
        """,
        "unclosed file",
    ),
    "file left": (
        """
        with open("receipt.txt", "w") as file:
            file.write("12.50")
        """,
        "till.py:1: left the file receipt.txt behind",
    ),
    "temporary file left": (
        """
        import tempfile
        tempfile.mkdtemp(prefix="receipts")
        """,
        "in the temporary folder",
    ),
    "writes elsewhere": (
        """
        import pathlib
        try:
            pathlib.Path("../../receipt.txt").write_text("12.50")
        except PermissionError:
            print("hidden")
        """,
        "wrote outside its folder",
    ),
    "another host": (
        """
        import socket
        try:
            socket.create_connection(("192.0.2.1", 80), timeout=0.1)
        except OSError:
            print("hidden")
        """,
        "reached for another host, 192.0.2.1",
    ),
    "another host by name": (
        """
        import urllib.request
        try:
            urllib.request.urlopen("http://prices.example")
        except OSError:
            print("hidden")
        """,
        "reached for another host, prices.example",
    ),
    "process pool left": (
        """
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context
        if __name__ == "__main__":
            pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            pool.submit(abs, 1).result()
        """,
        "left the process",
    ),
    "child process left": (
        """
        import subprocess, sys
        wait = "import signal; signal.pause()"
        child = subprocess.Popen([sys.executable, "-c", wait])
        child.returncode = 0  # so that Python does not complain of it
        """,
        "left a process running",
    ),
}


@pytest.mark.parametrize("name", RED)
def test_red(name: str, runner: Runner, tmp_path: Path) -> None:
    """Each of these is a finding that names the file."""
    source, message = RED[name]
    run = runner.run(example(tmp_path, source))
    assert message in "\n".join(run.problems)
    assert all(str(tmp_path / "till.py") + ":" in text for text in run.problems)


def test_failing_statement(runner: Runner, tmp_path: Path) -> None:
    """A file of SQL is red at the statement that fails."""
    path = tmp_path / "till.sql"
    path.write_text("SELECT 1;\n\nSELECT * FROM till;\n", "utf-8")
    till = Example("till", {path.name: path}, "sqlite3 -box < till.sql", path)
    run = runner.run(till, "sqlite")
    assert run.problems == [f"{path}:3: SQLite says: no such table: till"]


def test_green(runner: Runner, tmp_path: Path) -> None:
    """A sound program is green, and its output is what it printed."""
    run = runner.run(example(tmp_path, 'print("12.50")'))
    assert run == Run("12.50\n", 0, [])


def test_never_entered(runner: Runner, tmp_path: Path) -> None:
    """A function no line of the run entered is a finding, from Python 3.12."""
    source = """
        def refund():
            print("never")
        print("done")
    """
    if sys.version_info < (3, 12):
        pytest.skip("sys.monitoring is there from Python 3.12")
    run = runner.run(example(tmp_path, source))
    assert "till.py:1: the run never enters refund()" in run.problems[0]
    assert not runner.run(example(tmp_path, source, never_runs=("refund",))).problems


WORKER = """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context
    def price(title):
        {job}
        return len(title)
    if __name__ == "__main__":
        context = get_context("{start}")
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            print(pool.submit(price, "Salt Roads").exception())
    """


@pytest.mark.parametrize("start", ["spawn", *["fork"] * CAN_FORK])
def test_a_worker_process_enters_functions(
    start: str, runner: Runner, tmp_path: Path
) -> None:
    """A function that only a worker enters was entered, and no process is left."""
    run = runner.run(example(tmp_path, WORKER.format(start=start, job="pass")))
    assert (run.problems, run.output) == ([], "None\n")


@pytest.mark.parametrize("start", ["spawn", *["fork"] * CAN_FORK])
def test_a_worker_process_is_watched(
    start: str, runner: Runner, tmp_path: Path
) -> None:
    """What the example may not do, its workers may not do for it."""
    source = WORKER.format(start=start, job='open("../../outside.txt", "w").close()')
    run = runner.run(example(tmp_path, source))
    assert "wrote outside its folder" in run.problems[0]
    assert "only the run's own folder may change" in run.output


@pytest.mark.skipif(not CAN_FORK, reason="no process groups here")
def test_a_process_that_has_ended_is_not_left() -> None:
    """Although nobody has asked yet how it ended: that may take a while."""
    child = os.fork()
    if child == 0:
        os.setsid()
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    os.killpg(child, 0)
    if processes.PROC.is_dir():
        assert not processes.end_survivors(child)
    os.waitpid(child, 0)


@pytest.mark.skipif(not CAN_FORK, reason="no process groups here")
def test_a_process_that_runs_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """And it is ended."""
    monkeypatch.setattr(processes, "GRACE", 0.05)
    command = [sys.executable, "-c", "input()"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
    with child:
        assert processes.end_survivors(child.pid)
        assert child.wait() == -signal.SIGKILL


def test_never_runs_must_be_true(runner: Runner, tmp_path: Path) -> None:
    """An exception that is not needed is a finding too."""
    if sys.version_info < (3, 12):
        pytest.skip("sys.monitoring is there from Python 3.12")
    run = runner.run(example(tmp_path, "print(1)", never_runs=("refund",)))
    assert "never runs, and it does" in run.problems[0]


def test_hang_names_the_line(
    runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that does not end is stopped; the message says where it hung."""
    monkeypatch.setattr(running, "LIMIT", 1.0)
    source = """
        import threading
        closing = threading.Event()
        closing.wait()
    """
    run = runner.run(example(tmp_path, source))
    assert "till.py:3: still running here after 1 seconds" in run.problems[0]


def test_declared_error(runner: Runner, tmp_path: Path) -> None:
    """The error it must end in is demanded, and its traceback is recorded."""
    source = 'int("x")'
    run = runner.run(example(tmp_path, source, ends_in="ValueError", exit=1))
    assert not run.problems
    assert 'File "till.py", line 1' in run.output
    wrong = runner.run(example(tmp_path, source, ends_in="KeyError", exit=1))
    assert "should end in KeyError" in wrong.problems[0]


def test_program_sees_a_fresh_interpreter(runner: Runner, tmp_path: Path) -> None:
    """Name, arguments, folder and order of exit handlers are as for a script."""
    source = """
        import atexit, os, sys
        atexit.register(print, "goodbye")
        print(__name__, sys.argv, os.listdir(), sys.modules["__main__"].__file__)
    """
    run = runner.run(example(tmp_path, source))
    assert run.output == "__main__ ['till.py'] ['till.py'] till.py\ngoodbye\n"


def test_runs_do_not_meet(runner: Runner, tmp_path: Path) -> None:
    """What one program changes in a library, the next does not see."""
    first = "import json\njson.price = 12\nprint(json.price)"
    second = 'import json\nprint(hasattr(json, "price"))'
    assert runner.run(example(tmp_path, first)).output == "12\n"
    assert runner.run(example(tmp_path, second)).output == "False\n"


def test_pytest_example(runner: Runner, tmp_path: Path) -> None:
    """An example that pytest runs: its report is its output."""
    source = "def test_price():\n    assert 12 + 1 == 13\n"
    command = "pytest -q --no-header till.py"
    run = runner.run(example(tmp_path, source, command=command))
    assert not run.problems
    assert run.output.splitlines()[-1] == "1 passed in 0.00s"


COROUTINE_TEST = """
    async def test_total():
        assert 1250 + 1200 == 2450
    """
ASYNCIO = """
[pytest]
asyncio_mode = "auto"
asyncio_default_fixture_loop_scope = "function"
"""


@pytest.mark.parametrize(("settings", "status"), [(ASYNCIO, 0), ("[pytest]\n", 1)])
def test_the_plugin_for_coroutines_is_asked_for(
    settings: str, status: int, runner: Runner, tmp_path: Path
) -> None:
    """Only an example that configures pytest-asyncio runs with it."""
    made = example(tmp_path, COROUTINE_TEST, command="pytest till.py", exit=status)
    made.files["pytest.toml"] = tmp_path / "pytest.toml"
    made.files["pytest.toml"].write_text(settings, "utf-8")
    run = runner.run(made)
    seen = [problem for problem in run.problems if "never enters" not in problem]
    assert (run.status, seen) == (status, [])
