import sqlite3
from contextlib import closing

AUTHORS = """
CREATE TABLE authors (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    born_year INTEGER
)
"""
BOOK_AUTHORS = """
CREATE TABLE book_authors (
    book_id INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES authors (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (book_id, author_id)
)
"""


def tables(connection: sqlite3.Connection) -> list[str]:
    cursor = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' "
        "AND name NOT GLOB 'sqlite_*' ORDER BY name"
    )
    return [name for (name,) in cursor]


def columns(connection: sqlite3.Connection, table: str) -> list[tuple]:
    return connection.execute(
        'SELECT name, type, "notnull", pk '
        "FROM pragma_table_info(?) ORDER BY cid",
        (table,),
    ).fetchall()


def main() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(AUTHORS)
        connection.execute(BOOK_AUTHORS)
        for table in tables(connection):
            print(table)
            for name, kind, notnull, pk in columns(connection, table):
                print(f"  {name:10}{kind:8} {notnull=} {pk=}")


if __name__ == "__main__":
    main()
