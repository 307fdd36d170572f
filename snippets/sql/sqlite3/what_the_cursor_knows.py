import sqlite3
from contextlib import closing

BOOKS = """
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    stock INTEGER NOT NULL
)
"""
ADD = "INSERT INTO books (title, stock) VALUES (?, ?)"


def show(after: str, cursor: sqlite3.Cursor) -> None:
    names = cursor.description and [
        column[0] for column in cursor.description
    ]
    print(f"{after:12}{cursor.rowcount:>9}", end="")
    print(f"{cursor.lastrowid!s:>11}  {names}")


def main() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(BOOKS)
        cursor = connection.cursor()
        print("after        rowcount  lastrowid  description")
        show("nothing", cursor)
        cursor.execute(ADD, ("The Tide Clock", 12))
        show("insert", cursor)
        cursor.execute("UPDATE books SET stock = 0 WHERE id = 8")
        show("update", cursor)
        cursor.execute("SELECT title, stock FROM books")
        show("select", cursor)
        cursor.executemany(ADD, [("Salt Roads", 3), ("100% Bread", 0)])
        show("executemany", cursor)
        cursor.execute("SELECT max(id) FROM books")
        print("highest id in the table:", cursor.fetchone()[0])
        connection.commit()


if __name__ == "__main__":
    main()
