"""Run a file of SQL as ``sqlite3 -box < FILE`` does: each result is a table.

The reader's page and the tests run this same module. It imports sqlite3 only when
a file is run: in the page it is there for every program, and few need it.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import closing

BEFORE = re.compile(r"(\s|--.*)*")  # a statement: space and comments


def run(text: str, write: Callable[[str], object]) -> tuple[int, str] | None:
    """Execute the statements on an empty database in memory, one after another.

    ``write`` gets each result that has rows, as a table. Returns None, or where
    the first failure is: the line its statement begins in, and what SQLite says.
    """
    import sqlite3

    line = 1
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for statement in statements(text):
            before = BEFORE.match(statement)[0]
            try:
                cursor = connection.execute(statement)
                rows = cursor.fetchall()
            except (sqlite3.Error, sqlite3.Warning) as error:
                return line + before.count("\n"), str(error)
            if rows:
                write(box([column[0] for column in cursor.description], rows))
            line += statement.count("\n")
    return None


def statements(text: str) -> Iterator[str]:
    """The statements of a text, each with its semicolon and what stands before it."""
    from sqlite3 import complete_statement

    part = ""
    for piece in re.split("(?<=;)", text):
        part += piece
        if complete_statement(part):
            yield part
            part = ""
    if part.strip():
        yield part


def box(names: list[str], rows: list[tuple]) -> str:
    """A result as a table, with a line around each cell."""
    cells = [["" if value is None else str(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    bars = ["─" * (width + 2) for width in widths]
    head = [f"{name:^{width}}" for name, width in zip(names, widths, strict=True)]
    lines = [f"┌{'┬'.join(bars)}┐", row_of(head), f"├{'┼'.join(bars)}┤"]
    for row in cells:
        padded = [text.ljust(width) for text, width in zip(row, widths, strict=True)]
        lines.append(row_of(padded))
    return "\n".join([*lines, f"└{'┴'.join(bars)}┘", ""])


def row_of(cells: list[str]) -> str:
    """One line of cells."""
    return f"│ {' │ '.join(cells)} │"
