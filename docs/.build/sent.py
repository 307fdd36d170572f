"""What examples have sent to their databases: the recordings ``idea.sqlite.sql``.

An author quotes a number of statements as ``{sent: n_plus_one}``, or, of some
lines of the program, as ``{sent: n_plus_one / customers = / cities =}``; the
number itself is read from the recording of the first database.
"""

import re
from collections.abc import Callable
from pathlib import Path

from lessons import SNIPPETS, idea

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "mariadb": "MariaDB"}
REFERENCE = re.compile(r"\{sent: (?P<idea>\w+)(?P<lines>(?: / [^}/]+)*)\}")
TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
TIMES = re.compile(r"-- (\d+) times:")


class BadReference(Exception):
    """A number of statements that no recording has; the message says what to do."""


def recordings(path: str, kind: str) -> dict[str, Path]:
    """An example's recordings of one kind (``sql``, ``out``), by database."""
    base = SNIPPETS / idea(path)
    found = {name: base.with_name(f"{base.name}.{name}.{kind}") for name in NAMES}
    return {name: file for name, file in found.items() if file.is_file()}


def alike(files: dict[str, Path]) -> dict[str, list[Path]]:
    """The texts of these recordings, each with the files that have it."""
    texts: dict[str, list[Path]] = {}
    for file in files.values():
        texts.setdefault(file.read_text("utf-8"), []).append(file)
    return texts


def database(file: Path) -> str:
    """Whose recording this is, as a page calls it."""
    return NAMES[file.name.split(".")[1]]


def count(text: str, lines: list[str] | None = None) -> int:
    """How many statements there are, transactions aside; of these lines, if given."""
    number, times, wanted, first = 0, 1, True, True
    for row in text.splitlines():
        if first:
            wanted = not lines or any(line in row for line in lines)
        elif found := TIMES.match(row):
            times = int(found[1])
        elif row.endswith(";") and not row.startswith("--"):
            number += times if wanted and not row.startswith(TRANSACTION) else 0
            times = 1
        first = not row
    return number


def in_words(path: str) -> str:
    """``104 statements``, or ``statements: 104 on SQLite, 302 on MariaDB``."""
    counts: dict[int, list[str]] = {}
    for name, file in recordings(path, "sql").items():
        counts.setdefault(count(file.read_text("utf-8")), []).append(NAMES[name])
    if len(counts) == 1:
        (number,) = counts
        return f"{number} statement{'' if number == 1 else 's'}"
    parts = [f"{n} on {' and '.join(names)}" for n, names in counts.items()]
    return f"statements: {', '.join(parts)}"


def ignore(_reference: str, _problem: str) -> None:
    """For whoever reads a page again: the build has said it."""


def with_counts(
    markdown: str, lesson: str, wrong: Callable[[str, str], None] = ignore
) -> str:
    """A lesson's Markdown with its references replaced by numbers.

    ``wrong`` is told of each that leads nowhere: the reference, and what to do.
    """

    def number(reference: re.Match[str]) -> str:
        try:
            lines = reference["lines"].split(" / ")[1:]
            return str(quoted(lesson, reference["idea"], lines))
        except BadReference as error:
            wrong(reference[0], str(error))
            return "?"

    return REFERENCE.sub(number, markdown)


def quoted(lesson: str, idea: str, lines: list[str]) -> int:
    """The number a reference stands for."""
    files = recordings(f"{lesson}/{idea}", "sql")
    if not files:
        raise BadReference(
            f"no statements are recorded of {lesson}/{idea}; correct the name, "
            f"or run: nox -s record -- {lesson}/{idea}"
        )
    text = next(iter(files.values())).read_text("utf-8")
    heads = [block.partition("\n")[0] for block in text.split("\n\n")]
    for line in lines:
        if not any(line in head for head in heads):
            raise BadReference(
                f"no line of {idea} that sends statements has '{line}' in it; "
                f"the lines are: {'; '.join(h.removeprefix('-- ') for h in heads)}"
            )
    return count(text, lines)
