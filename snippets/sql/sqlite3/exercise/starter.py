"""A money book in one SQLite file: accounts, categories, entries."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

# These tables accept anything: add the rules.
TABLES = """
CREATE TABLE IF NOT EXISTS account (
    id INTEGER PRIMARY KEY,
    name TEXT
);
CREATE TABLE IF NOT EXISTS category (
    id INTEGER PRIMARY KEY,
    name TEXT,
    kind TEXT
);
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY,
    account_id INTEGER,
    category_id INTEGER,
    cents INTEGER,
    day TEXT,
    note TEXT
);
"""


@contextmanager
def open_book(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection with foreign keys on, and close it at the end.

    The tables are created when the file does not have them yet.
    """
    connection = sqlite3.connect(path)
    connection.executescript(TABLES)
    yield connection


def add_account(book: sqlite3.Connection, name: str) -> int:
    """Store an account for good and return its id; a name is unique."""
    return 0


def add_category(book: sqlite3.Connection, name: str, kind: str) -> int:
    """Store a category and return its id; kind: income or expense."""
    return 0


def remove_category(book: sqlite3.Connection, name: str) -> None:
    """Delete a category; IntegrityError when an entry uses it."""


def add_entry(
    book: sqlite3.Connection,
    account: str,
    category: str,
    cents: int,
    day: date,
    note: str = "",
) -> int:
    """Store an entry and return its id.

    `cents` is above zero: whether it comes in or goes out is decided
    by the kind of its category. IntegrityError when the account or
    the category does not exist, or `cents` is not above zero.
    """
    return 0


def correct_entry(
    book: sqlite3.Connection, id: int, category: str, cents: int
) -> None:
    """Give an entry another category and amount, by the same rules.

    LookupError when there is no such entry.
    """


def delete_entry(book: sqlite3.Connection, id: int) -> None:
    """Delete an entry; LookupError when there is none."""


def balances(book: sqlite3.Connection) -> dict[str, int]:
    """The sum of each account in cents: income minus expenses.

    An account without entries has the balance 0.
    """
    return {}


def month_totals(
    book: sqlite3.Connection,
) -> list[tuple[str, str, int]]:
    """Rows of month ("2026-01"), category and its signed total.

    Sorted by month, then by the name of the category.
    """
    return []


def import_csv(book: sqlite3.Connection, lines: Iterable[str]) -> int:
    """Store all entries of a CSV text, or none of them.

    The first line is `day,account,category,cents,note`; days are
    written as 2026-01-31. Returns the number of entries. A line that
    cannot be stored raises ValueError with its number ("line 3");
    the line with the names is line 1.
    """
    return 0
