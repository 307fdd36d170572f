-- with closing(sqlite3.connect(":memory:")) as connection:
-- a new connection

-- connection.execute(create)
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    stock INTEGER NOT NULL
);

-- cursor = connection.execute(
BEGIN;
INSERT INTO books (title, stock)
VALUES ('Salt Roads', '12')
RETURNING stock, typeof(stock);
INSERT INTO books (title, stock)
VALUES ('Salt Roads', 'abc')
RETURNING stock, typeof(stock);

-- connection.commit()
COMMIT;

-- connection.execute("DROP TABLE books")
DROP TABLE books;

-- connection.execute(create)
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    stock INTEGER NOT NULL
) STRICT;

-- cursor = connection.execute(
BEGIN;
INSERT INTO books (title, stock)
VALUES ('Salt Roads', '12')
RETURNING stock, typeof(stock);
INSERT INTO books (title, stock)
VALUES ('Salt Roads', 'abc')
RETURNING stock, typeof(stock);

-- connection.commit()
COMMIT;

-- connection.execute("DROP TABLE books")
DROP TABLE books;
