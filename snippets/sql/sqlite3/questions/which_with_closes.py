import sqlite3
from contextlib import closing


def main() -> None:
    with closing(sqlite3.connect(":memory:")) as shop:
        with shop:
            shop.execute("CREATE TABLE books (title TEXT NOT NULL)")
        shop.execute("INSERT INTO books VALUES ('Salt Roads')")
        cursor = shop.execute("SELECT title FROM books")
    print(cursor.fetchone())


if __name__ == "__main__":
    main()
