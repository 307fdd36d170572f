"""The proofs file: what one complete, green run has proven.

``build/proofs/cpython-3.13.0.json``, one for each interpreter. A row says:
this text, in this language, was run or validated, by this check. The gate in
``docs/.build`` reads it; nothing else passes between the two.
"""

import json
import os
import platform
import shutil
import subprocess
from datetime import UTC, datetime
from importlib.metadata import distributions
from pathlib import Path

from proving import services
from proving.examples import Example
from proving.layout import BUILD, INTERPRETER, LOCK, ROOT, digest, relative
from proving.normalise import RULES
from proving.prove import Outcome
from proving.recording import LANGUAGES as RECORDINGS
from proving.recording import recorded

FILE = BUILD / "proofs" / f"{INTERPRETER}.json"
# Of the files of an example.
LANGUAGES = {".py": "python", ".sql": "sql", ".toml": "toml"}


def key(language: str, text: str) -> str:
    """What a block is looked up by: the hash of its language and its text."""
    return digest(language, text.strip("\n"))


def rows_of(example: Example, outcome: Outcome) -> list[dict]:
    """The proofs an example gives: each of its files and recordings.

    ``servers`` are the databases it was run on, ``missing`` those it was not.
    """
    state: dict[str, object] = {"example": example.id}
    if outcome.not_run:
        state |= {"not_run": outcome.not_run}
    else:
        names = (*example.services, *outcome.seconds)
        state |= {
            "servers": services.versions(tuple(filter(None, names))),
            "seconds": outcome.seconds,
            "missing": {n: services.how_to_run(n) for n in outcome.missing},
        }
    rows = [
        {
            "key": key(LANGUAGES[path.suffix], path.read_text("utf-8")),
            "language": LANGUAGES[path.suffix],
            "file": relative(path),
            "check": f"ran as `{example.command}`, exit status {example.exit}",
            **state,
        }
        for path in example.files.values()
    ]
    rows += [
        {
            "key": key(RECORDINGS[path.suffix], recorded(path) or ""),
            "language": RECORDINGS[path.suffix],
            "file": relative(path),
            "check": "equal to what the run showed",
            **state,
            **of_database(end, outcome),
        }
        for end, path in example.recordings.items()
    ]
    return rows


def of_database(end: str, outcome: Outcome) -> dict[str, object]:
    """What is special about the recording of one database (``.mariadb.sql``)."""
    name = end.split(".")[1]
    if name in outcome.missing:
        return {"not_run": services.how_to_run(name)}
    if name in outcome.seconds:
        return {"servers": services.versions((name,)), "missing": {}}
    return {}


def row_of_block(language: str, text: str, where: str, check: str) -> dict:
    """The proof of a short block that stands in a page."""
    return {
        "key": key(language, text),
        "language": language,
        "file": where,
        "check": check,
    }


def write(rows: list[dict], fresh: bool) -> Path:
    """Write the proofs of a complete, green run, in one step."""
    unique = {(row["key"], row["file"]): row for row in rows}
    proofs = {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "interpreter": INTERPRETER,
        "platform": f"{platform.system()} {platform.machine()}",
        "lock": digest(LOCK.read_bytes()),
        "commit": commit(),
        "fresh": fresh,
        "packages": {
            found.metadata["Name"].lower(): found.version for found in distributions()
        },
        "normalisers": [{"name": rule.name, "why": rule.why} for rule in RULES],
        "proofs": sorted(unique.values(), key=lambda row: (row["file"], row["key"])),
    }
    FILE.parent.mkdir(parents=True, exist_ok=True)
    part = FILE.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(proofs, indent=1) + "\n", "utf-8")
    part.replace(FILE)
    return FILE


def commit() -> str:
    """The commit the run was made from; empty without git, or a repository."""
    if not shutil.which("git"):
        return ""
    answer = subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return answer.stdout.strip()
