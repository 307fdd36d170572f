import sqlite3
from contextlib import closing

CUSTOMERS = """
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
)
"""
ORDERS = """
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    status TEXT NOT NULL
)
"""
PLACE = "INSERT INTO orders (customer_id, status) VALUES (?, 'open')"
MISSING = 99


def is_on(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA foreign_keys").fetchone()[0]


def main() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(CUSTOMERS)
        connection.execute(ORDERS)

        cursor = connection.execute(PLACE, (MISSING,))
        print("accepted: order", cursor.lastrowid)

        connection.execute("PRAGMA foreign_keys = ON")
        print("in a transaction:", is_on(connection))
        connection.rollback()
        connection.execute("PRAGMA foreign_keys = ON")
        print("outside:", is_on(connection))

        try:
            with connection:
                connection.execute(PLACE, (MISSING,))
        except sqlite3.IntegrityError as error:
            print(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
