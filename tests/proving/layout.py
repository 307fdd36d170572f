"""Where things are, and what a run depends on."""

import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SNIPPETS = ROOT / "snippets"
DOCS = ROOT / "docs"
BUILD = ROOT / "build"
LOCK = ROOT / "requirements.txt"

INTERPRETER = "cpython-" + ".".join(map(str, sys.version_info[:3]))


def relative(path: Path) -> str:
    """The path as messages name it: from the project's root, with slashes."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def digest(*parts: bytes | str) -> str:
    """SHA-256 over the parts, each preceded by its length."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(b"%d:" % len(data))
        total.update(data)
    return total.hexdigest()
