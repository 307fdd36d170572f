from contextlib import closing

import psycopg

BOOKS = """
CREATE TEMPORARY TABLE books (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    stock INTEGER NOT NULL
)
"""
ROWS = [(1, "The Tide Clock", 12), (3, "100% Bread", 0)]


def main() -> None:
    with closing(psycopg.connect()) as connection:
        cursor = connection.cursor()
        cursor.execute(BOOKS)
        cursor.executemany(
            "INSERT INTO books VALUES (%s, %s, %s)", ROWS
        )
        cursor.execute(
            "UPDATE books SET stock = stock + %s WHERE id = %s", (5, 3)
        )
        print("changed:", cursor.rowcount)
        connection.commit()

        cursor.execute("SELECT title, stock FROM books ORDER BY id")
        print("selected:", cursor.rowcount)
        print("columns:", [column[0] for column in cursor.description])
        print("one:", cursor.fetchone())
        print("rest:", cursor.fetchall())
        cursor.close()


if __name__ == "__main__":
    main()
