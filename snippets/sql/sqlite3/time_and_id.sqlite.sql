-- with closing(sqlite3.connect(":memory:")) as connection:
-- a new connection

-- connection.execute(ENTRIES)
CREATE TABLE wallet_entries (
    id INTEGER PRIMARY KEY,
    wallet_id INTEGER NOT NULL,
    amount_cents INTEGER NOT NULL,
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- connection.execute(
BEGIN;
INSERT INTO wallet_entries (wallet_id, amount_cents)
VALUES (1, 5000), (1, -1850) /* and 1 more */;

-- cursor = connection.execute(
SELECT count(*), count(DISTINCT created_at), max(length(created_at))
FROM wallet_entries;

-- cursor = connection.execute(
SELECT id, amount_cents
FROM wallet_entries
ORDER BY created_at DESC, id DESC;

-- cursor = connection.execute(
INSERT INTO wallet_entries (wallet_id, amount_cents, created_at)
VALUES (1, 250, '2026-01-05T09:00:00+00:00')
RETURNING created_at;

-- connection.commit()
COMMIT;
