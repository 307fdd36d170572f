"""Made-up sites, built by MkDocs with our configuration and our gate."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from proving.layout import INTERPRETER, ROOT, digest
from proving.proofs import key
from proving.recording import LANGUAGES as RECORDINGS

QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
PROGRAM = 'print("12.50")\n'
RECORDING = "$ python receipt.py\n12.50\n"
PAGE = """# Print a receipt

/// example | till/print/receipt.py
    highlight: 12.50
///

A short block:

```python
print(2 + 2)
#> 4
```
"""
SHORT = "print(2 + 2)\n#> 4"


class Project:
    """A project of its own in a folder: one lesson, one snippet, its proofs."""

    def __init__(self, root: Path, lessons: list[str]) -> None:
        self.root = root
        self.rows: dict[str, dict] = {}  # what the proofs say of a file besides
        shutil.copytree(ROOT / "docs" / ".build", root / "docs" / ".build")
        shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")
        for name in ("mkdocs.yml", "requirements.txt", "LICENSE"):
            shutil.copy(ROOT / name, root / name)
        titles = "".join(f"    till/{name}: {name}\n" for name in ["print", *lessons])
        self.write(
            "docs/.build/curriculum.yaml",
            f"- part: Till\n  folder: till\n  about: Tills.\n  lessons:\n{titles}",
        )
        self.write("docs/.build/glossary.yaml", "[]\n")
        self.write("docs/index.md", "# Home\n\n[Receipts](till/print.md)\n")
        self.write("docs/till/print.md", PAGE)
        self.write("snippets/till/print/receipt.py", PROGRAM)
        self.write("snippets/till/print/receipt.out", RECORDING)
        self.prove()

    def write(self, name: str, text: str) -> None:
        """Write a file of the project."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def prove(self, **other: object) -> None:
        """Write the proofs of all snippets that are there and the one short block."""
        languages = {".py": "python", **RECORDINGS}
        texts = {}
        for path in sorted((self.root / "snippets").rglob("*.*")):
            if path.suffix not in languages:
                continue
            file = path.relative_to(self.root).as_posix()
            texts[file] = (languages[path.suffix], path.read_text("utf-8"))
        texts["docs/till/print.md:9"] = ("python", SHORT)
        rows = [
            {
                "key": key(language, text),
                "language": language,
                "file": file,
                "check": "",
                **self.rows.get(file, {}),
            }
            for file, (language, text) in texts.items()
        ]
        proofs = {
            "made": "2026-01-05T09:00:00+00:00",
            "interpreter": INTERPRETER,
            "platform": "made up",
            "lock": digest((self.root / "requirements.txt").read_bytes()),
            "commit": "",
            "packages": {},
            "normalisers": [],
            "proofs": rows,
        }
        name = f"build/proofs/{INTERPRETER}.json"
        self.write(name, json.dumps(proofs | other))

    def build(self, *options: str, **environment: str) -> subprocess.CompletedProcess:
        """Run a bare ``mkdocs build``; stdout has all it said."""
        settings = ("PROVEN_", "SITE_ADDRESS", "SOURCE_ADDRESS")
        plain = {k: v for k, v in os.environ.items() if not k.startswith(settings)}
        return subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", *options],
            cwd=self.root,
            env=plain | QUIET | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
