-- with closing(sqlite3.connect(":memory:")) as connection:
-- a new connection

-- connection.execute(BOOKS)
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    price_cents INTEGER NOT NULL
);

-- connection.executemany(
BEGIN;
INSERT INTO books (title, price_cents)
VALUES ('The Tide Clock', 1850);
INSERT INTO books (title, price_cents)
VALUES ('Salt Roads', 2200);

-- connection.commit()
COMMIT;

-- rows = connection.execute(
SELECT id, title, price_cents AS cents
FROM books
ORDER BY id;
