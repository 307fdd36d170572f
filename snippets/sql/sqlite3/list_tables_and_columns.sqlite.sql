-- with closing(sqlite3.connect(":memory:")) as connection:
-- a new connection

-- connection.execute(AUTHORS)
CREATE TABLE authors (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    born_year INTEGER
);

-- connection.execute(BOOK_AUTHORS)
CREATE TABLE book_authors (
    book_id INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES authors (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (book_id, author_id)
);

-- cursor = connection.execute(
SELECT name
FROM sqlite_master
WHERE type = 'table'
    AND name NOT GLOB 'sqlite_*'
ORDER BY name;

-- return connection.execute(
SELECT name, type, "notnull", pk
FROM pragma_table_info('authors')
ORDER BY cid;
-- PRAGMA table_info='authors'
SELECT name, type, "notnull", pk
FROM pragma_table_info('book_authors')
ORDER BY cid;
-- PRAGMA table_info='book_authors'
