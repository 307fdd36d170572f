"""Recordings: what a run showed, kept beside the example.

``idea.out`` is what it printed; its first line is the command. Other kinds of
evidence have names of their own, see :data:`LANGUAGES`. Only ``nox -s record``
writes recordings; every other session compares.
"""

import difflib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from proving import timelines
from proving.examples import Example, examples
from proving.judging import Run
from proving.layout import SNIPPETS, relative

RERUNS = 20  # of an example whose lines may come in any order
# Of recordings, by their last suffix.
LANGUAGES = {".out": "console", ".sql": "sql", ".timeline": "timeline"}
SHOWED = {".out": "printed", ".sql": "sent", ".timeline": "did"}


def texts(example: Example, runs: dict[str, Run]) -> dict[str, str]:
    """The text of each recording, by the end of its name.

    ``runs`` has one run for each database, or one under the name "".
    """
    found = {}
    for database, run in runs.items():
        own = f".{database}.out" if database in example.differs else ".out"
        found.setdefault(own, transcript(example, run.output))
        found |= run.evidence
    return found


def disagreements(example: Example, runs: dict[str, Run]) -> Iterator[str]:
    """Databases on which the program printed something else, and does not say so."""
    alike = {name: run for name, run in runs.items() if name not in example.differs}
    for (name, one), (other, another) in pairwise(alike.items()):
        if one.output != another.output:
            old, new = (transcript(example, run.output) for run in (one, another))
            yield (
                f"{relative(example.source)}:1: it prints something else on {other} "
                f"than on {name}; mend it, or, where that is the lesson, say in "
                f'examples.toml: differs = ["{other}"]\n' + diff(name, other, old, new)
            )


def transcript(example: Example, output: str) -> str:
    """The recording's text: the command, then what it printed."""
    body = output.rstrip("\n")
    return f"$ {example.command}\n{body}\n" if body else f"$ {example.command}\n"


def recorded(path: Path) -> str | None:
    """The recording's text, or None where there is none yet."""
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None


def compare(example: Example, new: dict[str, str]) -> Iterator[str]:
    """Say how these texts differ from the recordings, if they do."""
    for end, text in new.items():
        path = example.recordings[end]
        old = recorded(path)
        if old is None:
            yield (
                f"{relative(example.source)}:1: has no recording {path.name}; "
                f"run: nox -s record -- {example.id}"
            )
        elif comparable(example, end, old) != comparable(example, end, text):
            yield differs(example, path, old, text)


def comparable(example: Example, end: str, text: str) -> list[str]:
    """The lines of a recording, in an order that may be compared."""
    if end == ".timeline":
        return timelines.comparable(text)
    lines = text.splitlines()
    any_order = example.any_order if end == ".out" else example.sql_any_order
    return sorted(lines) if any_order else lines


def differs(example: Example, path: Path, old: str, new: str) -> str:
    """The message for a recording that is not what the run showed."""
    pairs = zip([*old.splitlines(), ""], [*new.splitlines(), ""], strict=False)
    line = next((n for n, (a, b) in enumerate(pairs, 1) if a != b), 1)
    showed = SHOWED[path.suffix]
    return (
        f"{relative(path)}:{line}: the run of "
        f"{relative(example.source)} {showed} something else; look at the "
        f"difference, then mend the program or run: nox -s record -- {example.id}\n"
        + diff(f"{relative(path)} (recorded)", relative(path), old, new)
    )


def diff(before: str, after: str, old: str, new: str) -> str:
    """A unified diff of two recordings, under their names."""
    rows = old.splitlines(), new.splitlines()
    return "\n".join(difflib.unified_diff(*rows, before, after, lineterm=""))


def write(path: Path, text: str) -> None:
    """Replace the recording in one step, so that no half of one is ever seen."""
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, "utf-8", newline="\n")
    part.replace(path)


def without_example() -> list[Path]:
    """Recordings that no example writes any more."""
    known = {path for one in examples() for path in one.recordings.values()}
    known |= {path for one in examples() for path in one.files.values()}
    found = {path for end in LANGUAGES for path in SNIPPETS.rglob(f"*{end}")}
    return sorted(found - known)
