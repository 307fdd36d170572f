-- with closing(sqlite3.connect(":memory:")) as connection:
-- a new connection

-- connection.execute(BOOKS)
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    stock INTEGER NOT NULL CHECK (stock >= 0)
);

-- connection.executemany(
BEGIN;
INSERT INTO books (title, stock)
VALUES ('Salt Roads', 3);
INSERT INTO books (title, stock)
VALUES ('Night Trains', 1);

-- with connection:
COMMIT;

-- connection.execute(SELL, (2, 1))
BEGIN;
UPDATE books
SET stock = stock - 2
WHERE id = 1;

-- cursor = connection.execute(
SELECT title, stock
FROM books
ORDER BY id;

-- connection.execute(SELL, (2, 2))
UPDATE books
SET stock = stock - 2
WHERE id = 2;

-- with connection:
ROLLBACK;

-- cursor = connection.execute(
SELECT title, stock
FROM books
ORDER BY id;
