"""A project of its own for whole sessions: our machinery, one snippet, one page."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from proving.layout import INTERPRETER, ROOT

PROGRAM = 'def main() -> None:\n    print("12.50")\n\n\nmain()\n'
PAGE = "# Till\n\n/// example | till/print/receipt.py\n///\n"
TESTS = ["tests/test_snippets.py", "tests/test_pages.py"]
RECEIPT = "snippets/till/print/receipt.py"


class Project:
    """Our machinery over one snippet and one page."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environment: dict[str, str] = {}
        for name in ("pyproject.toml", "requirements.txt"):
            shutil.copy(ROOT / name, root)
        for name in ("conftest.py", "test_snippets.py", "test_pages.py"):
            (root / "tests").mkdir(exist_ok=True)
            shutil.copy(ROOT / "tests" / name, root / "tests")
        shutil.copytree(ROOT / "tests" / "proving", root / "tests" / "proving")
        self.write(RECEIPT, PROGRAM)
        self.write("docs/till/print.md", PAGE)

    def write(self, name: str, text: str) -> None:
        """Write a file of the project."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run this Python with these words in the project.

        What the run around us demands is not demanded of the project.
        """
        plain = {k: v for k, v in os.environ.items() if not k.startswith("PROVEN_")}
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.root,
            env=plain | self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )

    def record(self, *names: str) -> subprocess.CompletedProcess[str]:
        """`nox -s record`."""
        return self.run("tests/proving/record.py", *names)

    def prove(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`nox -s tests`."""
        return self.run("-m", "pytest", "-q", "--proofs", *TESTS, *words)

    @property
    def proofs(self) -> Path:
        """The proofs file, there or not."""
        return self.root / "build" / "proofs" / f"{INTERPRETER}.json"
