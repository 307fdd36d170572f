-- with closing(sqlite3.connect(":memory:")) as connection:
-- a new connection

-- connection.execute(BOOKS)
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    stock INTEGER NOT NULL
);

-- cursor.execute(ADD, ("The Tide Clock", 12))
BEGIN;
INSERT INTO books (title, stock)
VALUES ('The Tide Clock', 12);

-- cursor.execute("UPDATE books SET stock = 0 WHERE id = 8")
UPDATE books
SET stock = 0
WHERE id = 8;

-- cursor.execute("SELECT title, stock FROM books")
SELECT title, stock
FROM books;

-- cursor.executemany(ADD, [("Salt Roads", 3), ("100% Bread", 0)])
INSERT INTO books (title, stock)
VALUES ('Salt Roads', 3);
INSERT INTO books (title, stock)
VALUES ('100% Bread', 0);

-- cursor.execute("SELECT max(id) FROM books")
SELECT max(id)
FROM books;

-- connection.commit()
COMMIT;
