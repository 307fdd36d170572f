import os
from contextlib import closing

import pymysql

BOOKS = """
CREATE TEMPORARY TABLE books (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    stock INTEGER NOT NULL
)
"""
ROWS = [(1, "The Tide Clock", 12), (3, "100% Bread", 0)]


def connect() -> pymysql.Connection:
    return pymysql.connect(
        host=os.environ["MYSQL_HOST"],
        port=int(os.environ["MYSQL_PORT"]),
        user=os.environ["MYSQL_USER"],
        password=os.environ.get("MYSQL_PWD", ""),
        database=os.environ["MYSQL_DATABASE"],
    )


def main() -> None:
    with closing(connect()) as connection:
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
