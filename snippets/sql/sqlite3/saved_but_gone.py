import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

CUSTOMERS = """
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
)
"""


def count(connection: sqlite3.Connection) -> int:
    cursor = connection.execute("SELECT count(*) FROM customers")
    return cursor.fetchone()[0]


def first_visit(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(CUSTOMERS)
        connection.execute(
            "INSERT INTO customers (email, name) VALUES (?, ?)",
            ("amara@example.com", "Amara Osei"),
        )
        print("before closing:", count(connection), "customer")


def second_visit(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        print("after reopening:", count(connection), "customers")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lantern.db"
        first_visit(path)
        second_visit(path)


if __name__ == "__main__":
    main()
