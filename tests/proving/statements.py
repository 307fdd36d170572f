"""The statements a run has sent, as text: the recording ``idea.sqlite.sql``.

They stand in their order, in groups under the line of the program that sent
them. Consecutive equal ones are written once, with their number.
"""

import re
from collections.abc import Iterator
from itertools import groupby

import sqlparse

from proving.examples import Example

MOST_VALUES = 4  # of a list of values; the number of the others is said
MOST_ROWS = 2  # of rows of them; likewise
ROW, KEY = r"\([^()]*\)", r"\?[^,()]*"
ROWS = re.compile(rf"({ROW}(?:, {ROW}){{{MOST_ROWS - 1}}})((?:, {ROW})+)")
KEYS = re.compile(rf" IN \(({KEY}(?:, {KEY}){{{MOST_VALUES - 1}}})((?:, {KEY})+)\)")
CLAUSE = re.compile(r" ((?:VALUES|SELECT|FROM|ORDER BY|RETURNING) )")
# Lines that set the stage: their statements are counted only.
STAGE = (".create_all(", ".drop_all(")


def recording(example: Example, sent: list[dict]) -> str:
    """The text of a recording; empty when nothing was sent."""
    groups = groupby(sent, key=lambda one: (one["file"], one["line"]))
    blocks = [block(example, *place, list(group)) for place, group in groups]
    return "\n".join(blocks)


def block(example: Example, file: str, line: int, group: list[dict]) -> str:
    """The statements that one line has sent, at one go."""
    source = example.files[file].read_text("utf-8").splitlines()[line - 1].strip()
    lines = [f"-- {source}"]
    if any(stage in source for stage in STAGE):
        changes = [one for one in group if changes_tables(one["text"])]
        return f"{lines[0]}\n-- {counted(len(changes), 'table')}\n"
    for text, same in groupby(group, key=lambda one: one["text"]):
        lines += statement(text, [one["rows"] for one in same])
    return "\n".join(lines) + "\n"


def changes_tables(text: str) -> bool:
    """Whether a statement creates or removes a table."""
    return text.split()[:2] in (["CREATE", "TABLE"], ["DROP", "TABLE"])


def statement(text: str, runs: list[list[list[str]]]) -> Iterator[str]:
    """One statement, how often it was sent, and with what."""
    if text.startswith("--"):
        yield text
        return
    if len(runs) > 1:
        yield f"-- {len(runs)} times:"
    yield f"{formatted(text)};"
    rows = [row for run in runs for row in run]
    if rows:
        yield f"-- with {cut(list(map(values, rows)), MOST_ROWS, 'more')}"


def values(row: list[str]) -> str:
    """A row of parameters."""
    return f"({cut(row, MOST_VALUES, 'more')})"


def formatted(text: str) -> str:
    """The statement on lines of its own, clause by clause; CREATE as it was sent."""
    text = text.strip().rstrip(";")
    if text.startswith("CREATE"):
        return "\n".join(row.rstrip() for row in text.splitlines() if row.strip())
    text = short(text)
    if text.startswith("INSERT"):  # sqlparse sets rows of values far to the right
        return CLAUSE.sub(r"\n\1", text)
    return sqlparse.format(text, reindent=True, indent_width=4, wrap_after=64)


def short(text: str) -> str:
    """The statement with long lists of rows and of keys cut."""

    def more(found: re.Match[str], count: str) -> str:
        return f"{found[1]} /* and {found[2].count(count)} more */"

    text = ROWS.sub(lambda found: more(found, ", ("), text)
    return KEYS.sub(lambda found: f" IN ({more(found, ', ?')})", text)


def cut(texts: list[str], most: int, word: str) -> str:
    """The first of these, and the number of the others."""
    shown = ", ".join(texts[:most])
    others = len(texts) - most
    return f"{shown}, … {others} {word}" if others > 0 else shown


def counted(number: int, noun: str) -> str:
    """``1 table``, ``2 tables``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
