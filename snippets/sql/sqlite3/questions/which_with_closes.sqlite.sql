-- with closing(sqlite3.connect(":memory:")) as shop:
-- a new connection

-- shop.execute("CREATE TABLE books (title TEXT NOT NULL)")
CREATE TABLE books (title TEXT NOT NULL);

-- shop.execute("INSERT INTO books VALUES ('Salt Roads')")
BEGIN;
INSERT INTO books
VALUES ('Salt Roads');

-- cursor = shop.execute("SELECT title FROM books")
SELECT title
FROM books;
