import sqlite3
from contextlib import closing

BOOKS = """
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL
)
"""
TITLES = [
    "The Tide Clock",
    "Salt Roads",
    "100% Bread",
    "snake_case Stories",
    "Field Guide to Clouds",
    "Night Trains",
    "L'Été indien",
    "A Short Silence",
]


def main() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(BOOKS)
        connection.executemany(
            "INSERT INTO books (title) VALUES (?)",
            [(title,) for title in TITLES],
        )
        connection.commit()

        cursor = connection.cursor()
        cursor.execute("SELECT id, title FROM books ORDER BY id")
        print("one: ", cursor.fetchone())
        print("many:", cursor.fetchmany(2))
        for id, title in cursor:
            print("loop:", id, title)
            if title == "Night Trains":
                break
        print("all: ", cursor.fetchall())
        print("one: ", cursor.fetchone())
        print("all: ", cursor.fetchall())


if __name__ == "__main__":
    main()
