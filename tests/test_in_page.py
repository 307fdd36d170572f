"""Every example is tried as the page would run it; the site is told how it ended."""

import os
from pathlib import Path

import pytest

from proving import in_page
from proving.examples import Example
from proving.in_page import NoRuntime, Verdict

pytestmark = pytest.mark.timeout(600)  # the first test waits for all examples
DEMAND_ALL = "PROVEN_DEMAND_ALL"  # set where nothing may be left out


@pytest.fixture(scope="module")
def runtime() -> None:
    """The page's Python; skips with the reason where it could not be made."""
    try:
        in_page.node()
        in_page.fingerprint()
    except NoRuntime as error:
        if os.environ.get(DEMAND_ALL):
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def verdicts(request: pytest.FixtureRequest) -> dict[str, Verdict]:
    """Every example tried; left for the site, and for the summary."""
    request.getfixturevalue("runtime")
    found = in_page.try_all(request.config.getoption("--fresh"))
    in_page.write(found)
    request.config.stash[in_page.VERDICTS] = found
    return {verdict.id: verdict for verdict in found}


@pytest.mark.parametrize(
    "id",
    [
        "concurrency/tasks/time_limit",
        "concurrency/tasks/workers_and_a_queue",
        "sql/sqlite3/rows_by_name",
        "sqlalchemy/loading/n_plus_one",
        "sqlalchemy/loading/exercise/solution",
        "testing/pytest/choose_tests",
        "worlds/shop",
    ],
)
def test_it_runs_in_the_page(verdicts: dict[str, Verdict], id: str) -> None:
    """asyncio, sqlite3, SQLAlchemy and pytest do there what they do elsewhere."""
    assert verdicts[id].runs, f"{verdicts[id].why_not}\n{verdicts[id].difference}"


@pytest.mark.parametrize(
    ("id", "reason"),
    [
        ("concurrency/threads/lost_update", "needs threads"),
        ("concurrency/threads/exercise/solution", "needs threads"),
        ("sql/sqlite3/other_driver_mysql", "needs a server: mariadb"),
        ("worlds/price_desk", "needs aiohttp"),
        (
            "concurrency/http/blocking_client_in_threads",
            "needs to listen at a port",
        ),
    ],
)
def test_it_says_why_not(verdicts: dict[str, Verdict], id: str, reason: str) -> None:
    """What the page's Python lacks stands there in words."""
    assert verdicts[id].why_not == reason


def tried(tmp_path: Path, source: str, command: str = "python till.py") -> dict:
    """What a program prints in the page's Python, and how it ends."""
    path = tmp_path / "till.py"
    path.write_text(source, "utf-8")
    files = {"till.py": path}
    return in_page.run(Example("till", files, command, path.with_suffix(".out")))


ASYNCIO = """\
import asyncio, unittest

async def answer():
    await asyncio.sleep(0)
    return 1250

class PriceTest(unittest.IsolatedAsyncioTestCase):
    async def test_price(self):
        self.assertEqual(await answer(), 1250)

print(asyncio.run(answer()))
with asyncio.Runner() as runner:
    print(runner.run(answer()))
print(asyncio.run(answer()))
print(unittest.main(exit=False).result.wasSuccessful())
"""


@pytest.mark.usefixtures("runtime")
def test_asyncio_blocks_as_in_a_terminal(tmp_path: Path) -> None:
    """``run``, ``Runner`` and unittest's own loop, one after the other."""
    end = tried(tmp_path, ASYNCIO)
    assert end["stdout"].split() == ["1250", "1250", "1250", "True"], end["stderr"]


@pytest.mark.usefixtures("runtime")
def test_a_program_is_the_main_module(tmp_path: Path) -> None:
    """Its name, its arguments, its folder, its file."""
    source = """\
import os, sys
from pathlib import Path
print(__name__, sys.argv, sorted(os.listdir()), Path(__file__).name)
print(sys.modules["__main__"].__dict__ is globals())
"""
    end = tried(tmp_path, source, "python till.py --open")
    assert end["stdout"].splitlines() == [
        "__main__ ['till.py', '--open'] ['till.py'] till.py",
        "True",
    ]
    assert end["status"] == 0


@pytest.mark.usefixtures("runtime")
def test_an_exception_has_its_line(tmp_path: Path) -> None:
    """The traceback begins with the program; the page can mark its last line."""
    source = "import json\n\n\ndef read():\n    json.loads('{')\n\n\nread()\n"
    end = tried(tmp_path, source)
    lines = end["stderr"].splitlines()
    assert lines[:2] == [
        "Traceback (most recent call last):",
        '  File "till.py", line 8, in <module>',
    ]
    assert (end["status"], end["file"], end["line"]) == (1, "till.py", 5)
    assert end["error"] == lines[-1]
    assert end["error"].startswith("json.decoder.JSONDecodeError: ")


@pytest.mark.usefixtures("runtime")
def test_a_syntax_error_has_its_line(tmp_path: Path) -> None:
    """Nothing ran, and the line is known."""
    end = tried(tmp_path, "print('open')\nprint(\n")
    assert (end["stdout"], end["line"]) == ("", 2)
    assert end["error"] == "SyntaxError: '(' was never closed"


@pytest.mark.usefixtures("runtime")
@pytest.mark.parametrize(
    ("ending", "status", "stderr"),
    [("", 0, ""), ("sys.exit(3)", 3, ""), ("sys.exit('shut')", 1, "shut\n")],
)
def test_the_exit_status(tmp_path: Path, ending: str, status: int, stderr: str) -> None:
    """As a shell would see it; what runs at exit has run."""
    source = f"import atexit, sys\natexit.register(print, 'closed')\n{ending}\n"
    end = tried(tmp_path, source)
    assert (end["status"], end["stdout"], end["stderr"]) == (status, "closed\n", stderr)


@pytest.mark.usefixtures("runtime")
def test_the_end_of_the_input(tmp_path: Path) -> None:
    """With nobody to ask, ``input()`` ends as it does for a closed terminal."""
    end = tried(tmp_path, "name = input('Your name: ')\n")
    assert end["stdout"] == "Your name: "
    assert end["error"] == "EOFError: EOF when reading a line"


@pytest.mark.usefixtures("runtime")
def test_tasks_that_wait_for_ever(tmp_path: Path) -> None:
    """What would hang a terminal is said, for nothing can wake it here."""
    source = "import asyncio\nasyncio.run(asyncio.Event().wait())\n"
    end = tried(tmp_path, source)
    assert end["error"] == (
        "RuntimeError: every task waits, and nothing is left to wake one"
    )


@pytest.mark.usefixtures("runtime")
@pytest.mark.parametrize("name", ["stock", "calendar"])
def test_two_files(tmp_path: Path, name: str) -> None:
    """The line of an exception is in the file that it came from.

    A file is found before a module of the standard library with its name.
    """
    texts = {"till.py": f"import {name}\n", f"{name}.py": "1 / 0\n"}
    for file, text in texts.items():
        (tmp_path / file).write_text(text, "utf-8")
    files = {file: tmp_path / file for file in texts}
    end = in_page.run(Example("till", files, "python till.py", tmp_path / "till.out"))
    assert (end["file"], end["line"]) == (f"{name}.py", 1)


def test_a_missing_runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it nothing is tried, and the message says what makes it."""
    monkeypatch.setattr(in_page, "RUNTIME", tmp_path)
    in_page.fingerprint.cache_clear()
    with pytest.raises(NoRuntime, match=r"^build/runtime:1: .*; run: python docs"):
        in_page.fingerprint()
    monkeypatch.undo()
    in_page.fingerprint.cache_clear()
