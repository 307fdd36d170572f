import sqlite3
from contextlib import closing

REUSING = """
CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
)
"""
NEVER_REUSING = """
CREATE TABLE tags (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE
)
"""
ADD = "INSERT INTO tags (name) VALUES (?)"


def ids(connection: sqlite3.Connection, create: str) -> list[int]:
    connection.execute(create)
    with connection:
        gift = connection.execute(ADD, ("gift",)).lastrowid
        signed = connection.execute(ADD, ("signed",)).lastrowid
        connection.execute("DELETE FROM tags WHERE id = ?", (signed,))
        outdoors = connection.execute(ADD, ("outdoors",)).lastrowid
    connection.execute("DROP TABLE tags")
    return [gift, signed, outdoors]


def main() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        print("plain:        ", ids(connection, REUSING))
        print("AUTOINCREMENT:", ids(connection, NEVER_REUSING))


if __name__ == "__main__":
    main()
