import sqlite3
from contextlib import closing

BOOKS = """
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    price_cents INTEGER NOT NULL
)
"""


def main() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute(BOOKS)
        connection.executemany(
            "INSERT INTO books (title, price_cents) VALUES (?, ?)",
            [("The Tide Clock", 1850), ("Salt Roads", 2200)],
        )
        connection.commit()

        rows = connection.execute(
            "SELECT id, title, price_cents AS cents "
            "FROM books ORDER BY id"
        ).fetchall()
        for row in rows:
            print(row["title"], "costs", row["cents"], "cents")
        first = rows[0]
        print("by position:", first[1])
        print("columns:", first.keys())
        print("as a dict:", dict(first))


if __name__ == "__main__":
    main()
