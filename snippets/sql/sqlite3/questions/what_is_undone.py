import sqlite3
from contextlib import closing

ADD = "INSERT INTO books (title) VALUES (?)"


def add(shop: sqlite3.Connection, title: str) -> None:
    with shop:
        shop.execute(ADD, (title,))


def main() -> None:
    with closing(sqlite3.connect(":memory:")) as shop:
        shop.execute("CREATE TABLE books (title TEXT NOT NULL)")
        try:
            with shop:
                shop.execute(ADD, ("The Tide Clock",))
                add(shop, "Salt Roads")
                shop.execute(ADD, ("Night Trains",))
                raise RuntimeError("the pen is empty")
        except RuntimeError as error:
            print(error)
        cursor = shop.execute("SELECT count(*) FROM books")
        print("books:", cursor.fetchone()[0])


if __name__ == "__main__":
    main()
