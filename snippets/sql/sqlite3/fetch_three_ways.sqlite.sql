-- with closing(sqlite3.connect(":memory:")) as connection:
-- a new connection

-- connection.execute(BOOKS)
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL
);

-- connection.executemany(
BEGIN;
INSERT INTO books (title)
VALUES ('The Tide Clock');
INSERT INTO books (title)
VALUES ('Salt Roads');
INSERT INTO books (title)
VALUES ('100% Bread');
INSERT INTO books (title)
VALUES ('snake_case Stories');
INSERT INTO books (title)
VALUES ('Field Guide to Clouds');
INSERT INTO books (title)
VALUES ('Night Trains');
INSERT INTO books (title)
VALUES ('L''Été indien');
INSERT INTO books (title)
VALUES ('A Short Silence');

-- connection.commit()
COMMIT;

-- cursor.execute("SELECT id, title FROM books ORDER BY id")
SELECT id, title
FROM books
ORDER BY id;
