"""Which examples run in the page: what the tests have found, for this very text.

``build/in-page.json`` comes from ``tests/test_in_page.py``, and the Python that
they tried the examples with, ``build/runtime``, from ``runtime/make.py``.
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from lessons import LANGUAGES, ROOT, SNIPPETS, files_of, idea
from proofs import digest, key

NAME = "build/in-page.json"
SCRIPTS = ("python.js", "sql_file.py", "terminal.py")
STAMP = "made-from.txt"
RUN_LOCALLY = "run it on your computer"
NEEDS_SCRIPTS = "Running it here needs JavaScript"


class NotTried(Exception):
    """No example was tried in the page's Python; the message says what to do."""


@dataclass(frozen=True)
class InPage:
    """What was tried: for each example its texts, and why it does not run there.

    ``python`` names the interpreter: ``CPython 3.14.2 (Pyodide 314.0.7)``.
    """

    python: str
    examples: dict[str, dict]

    def runs(self, path: str) -> bool:
        """Whether an example prints in the page what is recorded of it."""
        row = self.examples.get(idea(path))
        return bool(row) and not row["why_not"] and row["texts"] == texts(path)

    def why_not(self, path: str) -> str:
        """In words why it does not run in the page; empty if it does."""
        if self.runs(path):
            return ""
        row = self.examples.get(idea(path))
        if not row or row["texts"] != texts(path):
            return "was not tried in a browser"
        return row["why_not"]

    def in_words(self, paths: list[str]) -> str:
        """How many of a page's examples run there."""
        running = sum(self.runs(attempt(path)) for path in paths)
        if running == len(paths):
            return "runs in the page"
        if running:
            return f"{running} of {len(paths)} examples run in the page"
        return "runs on your computer"


def attempt(path: str) -> str:
    """What was tried of an example; of an exercise its solution."""
    return f"{path}/solution.py" if path.endswith("/exercise") else path


def read(root: Path = ROOT) -> InPage:
    """What was tried with the Python that is served; raises :class:`NotTried`."""
    file, stamp = root / NAME, root / "build" / "runtime" / STAMP
    if not file.is_file() or not stamp.is_file():
        raise NotTried("no example was tried in the page's Python; run: nox -s site")
    found = json.loads(file.read_text("utf-8"))
    scripts = [root / "docs" / "assets" / "run" / name for name in SCRIPTS]
    if found["runtime"] != digest(*(p.read_bytes() for p in [stamp, *scripts])):
        raise NotTried(
            "the examples were tried with another Python than the one that is here; "
            "run: nox -s site"
        )
    return InPage(found["python"], found["examples"])


def texts(path: str) -> list[str]:
    """What the verdict on an example is about: its files and its recording."""
    recording = SNIPPETS / f"{idea(path)}.out"
    files = files_of(path)
    lesson, attempt, _ = path.partition("/exercise/")
    if attempt:
        files = [*files, SNIPPETS / lesson / "exercise" / "test_exercise.py"]
    keys = [key(LANGUAGES[file.suffix], file.read_text("utf-8")) for file in files]
    recorded = recording.read_text("utf-8") if recording.is_file() else ""
    return sorted([*keys, key("console", recorded)])


def command_of(path: str) -> str:
    """How an example is run: the first line of its recording, without ``$``."""
    recording = SNIPPETS / f"{idea(path)}.out"
    return recording.read_text("utf-8").partition("\n")[0].removeprefix("$ ")


def serve(site: Path, root: Path = ROOT) -> None:
    """Put the page's Python into the site, beside the scripts that use it."""
    target = site / "assets" / "run"
    ignore = shutil.ignore_patterns(STAMP)
    shutil.copytree(
        root / "build" / "runtime", target, ignore=ignore, dirs_exist_ok=True
    )
