import sqlite3
from contextlib import closing

LOOSE = """
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    stock INTEGER NOT NULL
)
"""
STRICT = """
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    stock INTEGER NOT NULL
) STRICT
"""


def store(connection: sqlite3.Connection, stock: object) -> None:
    try:
        cursor = connection.execute(
            "INSERT INTO books (title, stock) VALUES ('Salt Roads', ?) "
            "RETURNING stock, typeof(stock)",
            (stock,),
        )
        print(f"  {stock!r} is stored as", cursor.fetchone())
    except sqlite3.IntegrityError as error:
        print(f"  {stock!r} is refused:", error)


def main() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        for name, create in (("loose", LOOSE), ("strict", STRICT)):
            print(name)
            connection.execute(create)
            store(connection, "12")
            store(connection, "abc")
            connection.commit()
            connection.execute("DROP TABLE books")


if __name__ == "__main__":
    main()
