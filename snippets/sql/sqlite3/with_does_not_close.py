import sqlite3
from contextlib import closing

BOOKS = """
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    stock INTEGER NOT NULL CHECK (stock >= 0)
)
"""
SELL = "UPDATE books SET stock = stock - ? WHERE id = ?"


def stock(connection: sqlite3.Connection) -> list[tuple]:
    cursor = connection.execute(
        "SELECT title, stock FROM books ORDER BY id"
    )
    return cursor.fetchall()


def main() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(BOOKS)
        with connection:
            connection.executemany(
                "INSERT INTO books (title, stock) VALUES (?, ?)",
                [("Salt Roads", 3), ("Night Trains", 1)],
            )
        print("committed:", not connection.in_transaction)

        try:
            with connection:
                connection.execute(SELL, (2, 1))
                print("inside:", stock(connection))
                connection.execute(SELL, (2, 2))
        except sqlite3.IntegrityError as error:
            print("refused:", error)
        print("after rollback:", stock(connection))

    try:
        stock(connection)
    except sqlite3.ProgrammingError as error:
        print("after closing():", error)


if __name__ == "__main__":
    main()
