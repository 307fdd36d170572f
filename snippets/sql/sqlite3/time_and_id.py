import sqlite3
from contextlib import closing
from datetime import UTC, datetime

ENTRIES = """
CREATE TABLE wallet_entries (
    id INTEGER PRIMARY KEY,
    wallet_id INTEGER NOT NULL,
    amount_cents INTEGER NOT NULL,
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
)
"""
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def main() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(ENTRIES)
        connection.execute(
            "INSERT INTO wallet_entries (wallet_id, amount_cents) "
            "VALUES (1, 5000), (1, -1850), (1, 700)"
        )
        cursor = connection.execute(
            "SELECT count(*), count(DISTINCT created_at), "
            "max(length(created_at)) FROM wallet_entries"
        )
        print("entries, times, characters:", cursor.fetchone())
        cursor = connection.execute(
            "SELECT id, amount_cents FROM wallet_entries "
            "ORDER BY created_at DESC, id DESC"
        )
        print("latest first:", cursor.fetchall())

        cursor = connection.execute(
            "INSERT INTO wallet_entries "
            "(wallet_id, amount_cents, created_at) VALUES (1, 250, ?) "
            "RETURNING created_at",
            (START.isoformat(),),
        )
        (text,) = cursor.fetchone()
        print("given:", text)
        print("read back:", datetime.fromisoformat(text) == START)
        connection.commit()


if __name__ == "__main__":
    main()
