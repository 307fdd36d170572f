import sqlite3
from contextlib import closing

CUSTOMERS = """
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    phone TEXT
)
"""


def add(connection: sqlite3.Connection, email: str, name: str) -> int:
    with connection:
        cursor = connection.execute(
            "INSERT INTO customers (email, name) VALUES (?, ?) "
            "RETURNING id",
            (email, name),
        )
        return cursor.fetchone()[0]


def find(connection: sqlite3.Connection, id: int) -> tuple | None:
    cursor = connection.execute(
        "SELECT name, phone FROM customers WHERE id = ?", (id,)
    )
    return cursor.fetchone()


def set_phone(
    connection: sqlite3.Connection, id: int, phone: str
) -> int:
    with connection:
        cursor = connection.execute(
            "UPDATE customers SET phone = ? WHERE id = ?", (phone, id)
        )
        return cursor.rowcount


def remove(connection: sqlite3.Connection, id: int) -> int:
    with connection:
        cursor = connection.execute(
            "DELETE FROM customers WHERE id = ?", (id,)
        )
        return cursor.rowcount


def main() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(CUSTOMERS)
        emi = add(connection, "emi@example.com", "Emi Sato")
        print("added: id", emi)
        print("found:", find(connection, emi))
        print("changed:", set_phone(connection, emi, "555-0105"))
        print("found:", find(connection, emi))
        print("removed:", remove(connection, emi))
        print("found:", find(connection, emi))
        print("removed again:", remove(connection, emi))


if __name__ == "__main__":
    main()
