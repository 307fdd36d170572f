"""Reading the proofs files that the tests have left in ``build/proofs``."""

import hashlib
import json
import os
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

INTERPRETER = "cpython-" + ".".join(map(str, sys.version_info[:3]))
KEYS = {
    "lock",
    "commit",
    "interpreter",
    "made",
    "normalisers",
    "packages",
    "platform",
    "proofs",
}
DEMAND_ALL = "PROVEN_DEMAND_ALL"  # set where nothing may be left out


class NoProofs(Exception):
    """There is nothing to build from; the message says why and what to do."""


def digest(*parts: bytes) -> str:
    """SHA-256 over the parts, each preceded by its length."""
    total = hashlib.sha256()
    for part in parts:
        total.update(b"%d:" % len(part))
        total.update(part)
    return total.hexdigest()


def key(language: str, text: str) -> str:
    """What a block is looked up by: the hash of its language and its text."""
    return digest(language.encode(), text.strip("\n").encode())


def version(interpreter: str) -> list[int]:
    """``[3, 13, 0]`` of ``cpython-3.13.0``, by which interpreters are sorted."""
    return [int(number) for number in interpreter.rpartition("-")[2].split(".")]


@dataclass
class Proofs:
    """Every proof there is, of all interpreters that ran the same lock file.

    ``runs`` has one proofs file for each interpreter, the one that builds the
    site first.
    """

    root: Path
    runs: list[dict]

    @cached_property
    def by_key(self) -> dict[str, list[tuple[str, dict]]]:
        """For each key, the interpreters that proved it, and how."""
        found: dict[str, list[tuple[str, dict]]] = defaultdict(list)
        for run in self.runs:
            for row in run["proofs"]:
                found[row["key"]].append((run["interpreter"], row))
        return found

    def of(self, language: str, text: str) -> list[tuple[str, dict]]:
        """The proofs of this block, with their interpreters; often one each."""
        return self.by_key.get(key(language, text), [])

    def proven_on(self, language: str, text: str) -> list[str]:
        """The interpreters that ran it, oldest first: ``["3.11.7", …]``."""
        names = {i for i, row in self.of(language, text) if "not_run" not in row}
        versions = [name.removeprefix("cpython-") for name in names]
        return sorted(versions, key=lambda v: [int(n) for n in v.split(".")])

    def not_run(self, language: str, text: str) -> str:
        """Why no interpreter ran it; empty when one did or none knows it."""
        if self.proven_on(language, text):
            return ""
        return next((row["not_run"] for _, row in self.of(language, text)), "")

    def servers(self, language: str, text: str) -> list[str]:
        """The servers it ran on: ``["PostgreSQL 18.6"]``."""
        rows = [row for _, row in self.of(language, text)]
        return sorted(
            {name for row in rows for name in row.get("servers", {}).values()}
        )

    def missing(self, language: str, text: str) -> dict[str, str]:
        """The databases that no run of it had, and how they can be had."""
        absent = [row.get("missing", {}) for _, row in self.of(language, text)]
        names = set.intersection(*map(set, absent)) if absent else set()
        return {name: absent[0][name] for name in sorted(names)}

    def runs_of(self, path: Path) -> list[tuple[dict, dict]]:
        """The runs that know a file as it is now, oldest interpreter first."""
        file, text = path.relative_to(self.root).as_posix(), path.read_text("utf-8")
        language = {".py": "python", ".sql": "sql", ".toml": "toml"}[path.suffix]
        found = [
            (run, row)
            for run in self.runs
            for row in run["proofs"]
            if row["file"] == file and row["key"] == key(language, text)
        ]
        return sorted(found, key=lambda one: version(one[0]["interpreter"]))

    def of_file(self, path: Path) -> dict:
        """The row of a file of ``snippets/`` in the builder's own run."""
        file = path.relative_to(self.root).as_posix()
        return next((r for r in self.current["proofs"] if r["file"] == file), {})

    @property
    def current(self) -> dict:
        """The run of the interpreter that builds the site."""
        return self.runs[0]

    @property
    def demands_all(self) -> bool:
        """Whether a block that was not run here is a finding."""
        return bool(os.environ.get(DEMAND_ALL))


def read(root: Path) -> Proofs:
    """Read all proofs; raises :class:`NoProofs` when the builder's own are unusable.

    Proofs that another interpreter made with another lock file are passed over.
    """
    folder = root / "build" / "proofs"
    lock = digest((root / "requirements.txt").read_bytes())
    own = read_run(folder / f"{INTERPRETER}.json")
    name = f"build/proofs/{INTERPRETER}.json:1"
    if own["lock"] != lock:
        raise NoProofs(
            f"{name}: made with another requirements.txt than the one that is here; "
            "run: nox -s site"
        )
    if own["interpreter"] != INTERPRETER:
        raise NoProofs(
            f"{name}: made by {own['interpreter']}, not by {INTERPRETER}, which "
            "builds the site; run: nox -s site"
        )
    runs = [read_run(path) for path in sorted(folder.glob("*.json"))]
    others = [run for run in runs if run["lock"] == lock and run != own]
    return Proofs(root, [own, *others])


def read_run(path: Path) -> dict:
    """One proofs file; raises :class:`NoProofs` when it is missing or not whole."""
    name = f"build/proofs/{path.name}:1"
    if not path.is_file():
        raise NoProofs(
            f"{name}: {path.stem} builds the site and has proven nothing; "
            "run: nox -s site"
        )
    try:
        run = json.loads(path.read_text("utf-8"))
    except ValueError:
        run = {}
    if not run.keys() >= KEYS:
        raise NoProofs(f"{name}: not a proofs file; delete it and run: nox -s site")
    return run
