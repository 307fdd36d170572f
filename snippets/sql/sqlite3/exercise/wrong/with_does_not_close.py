"""`with` ends a connection's transaction, and does not close it."""

import csv
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

TABLES = """
CREATE TABLE IF NOT EXISTS account (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE IF NOT EXISTS category (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('income', 'expense'))
) STRICT;
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    category_id INTEGER NOT NULL REFERENCES category (id),
    cents INTEGER NOT NULL CHECK (cents > 0),
    day TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
"""


@contextmanager
def open_book(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection with foreign keys on, and close it at the end.

    The tables are created when the file does not have them yet.
    """
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(TABLES)
        yield connection


def add_account(book: sqlite3.Connection, name: str) -> int:
    """Store an account for good and return its id; a name is unique."""
    with book:
        return book.execute(
            "INSERT INTO account (name) VALUES (?)", (name,)
        ).lastrowid


def add_category(book: sqlite3.Connection, name: str, kind: str) -> int:
    """Store a category and return its id; kind: income or expense."""
    with book:
        return book.execute(
            "INSERT INTO category (name, kind) VALUES (?, ?)",
            (name, kind),
        ).lastrowid


def remove_category(book: sqlite3.Connection, name: str) -> None:
    """Delete a category; IntegrityError when an entry uses it."""
    with book:
        book.execute("DELETE FROM category WHERE name = ?", (name,))


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
    with book:
        return insert_entry(book, account, category, cents, day, note)


def insert_entry(
    book: sqlite3.Connection,
    account: str,
    category: str,
    cents: int,
    day: date,
    note: str,
) -> int:
    """Insert inside the caller's transaction.

    An unknown name gives NULL, which NOT NULL refuses.
    """
    return book.execute(
        "INSERT INTO entry (account_id, category_id, cents, day, note) "
        "VALUES ((SELECT id FROM account WHERE name = ?), "
        "(SELECT id FROM category WHERE name = ?), ?, ?, ?)",
        (account, category, cents, day.isoformat(), note),
    ).lastrowid


def correct_entry(
    book: sqlite3.Connection, id: int, category: str, cents: int
) -> None:
    """Give an entry another category and amount, by the same rules.

    LookupError when there is no such entry.
    """
    with book:
        cursor = book.execute(
            "UPDATE entry SET cents = ?, category_id = "
            "(SELECT id FROM category WHERE name = ?) WHERE id = ?",
            (cents, category, id),
        )
        if cursor.rowcount == 0:
            raise LookupError(f"no entry {id}")


def delete_entry(book: sqlite3.Connection, id: int) -> None:
    """Delete an entry; LookupError when there is none."""
    with book:
        cursor = book.execute("DELETE FROM entry WHERE id = ?", (id,))
        if cursor.rowcount == 0:
            raise LookupError(f"no entry {id}")


def balances(book: sqlite3.Connection) -> dict[str, int]:
    """The sum of each account in cents: income minus expenses.

    An account without entries has the balance 0.
    """
    cursor = book.execute(
        "SELECT account.name, coalesce(sum("
        "CASE kind WHEN 'income' THEN cents ELSE -cents END), 0) "
        "FROM account "
        "LEFT JOIN entry ON entry.account_id = account.id "
        "LEFT JOIN category ON category.id = entry.category_id "
        "GROUP BY account.id ORDER BY account.name"
    )
    return dict(cursor.fetchall())


def month_totals(
    book: sqlite3.Connection,
) -> list[tuple[str, str, int]]:
    """Rows of month ("2026-01"), category and its signed total.

    Sorted by month, then by the name of the category.
    """
    return book.execute(
        "SELECT substr(day, 1, 7) AS month, category.name, sum("
        "CASE kind WHEN 'income' THEN cents ELSE -cents END) "
        "FROM entry "
        "JOIN category ON category.id = entry.category_id "
        "GROUP BY month, category.id ORDER BY month, category.name"
    ).fetchall()


def import_csv(book: sqlite3.Connection, lines: Iterable[str]) -> int:
    """Store all entries of a CSV text, or none of them.

    The first line is `day,account,category,cents,note`; days are
    written as 2026-01-31. Returns the number of entries. A line that
    cannot be stored raises ValueError with its number ("line 3");
    the line with the names is line 1.
    """
    reader = csv.DictReader(lines)
    stored = 0
    with book:
        for row in reader:
            try:
                insert_entry(
                    book,
                    row["account"],
                    row["category"],
                    int(row["cents"]),
                    date.fromisoformat(row["day"]),
                    row["note"] or "",
                )
            except (ValueError, TypeError, sqlite3.Error) as error:
                number = reader.line_num
                raise ValueError(f"line {number}: {error}") from error
            stored += 1
    return stored
