-- with closing(sqlite3.connect(":memory:")) as shop:
-- a new connection

-- shop.execute("CREATE TABLE books (title TEXT NOT NULL)")
CREATE TABLE books (title TEXT NOT NULL);

-- shop.execute(ADD, ("The Tide Clock",))
BEGIN;
INSERT INTO books (title)
VALUES ('The Tide Clock');

-- shop.execute(ADD, (title,))
INSERT INTO books (title)
VALUES ('Salt Roads');

-- with shop:
COMMIT;

-- shop.execute(ADD, ("Night Trains",))
BEGIN;
INSERT INTO books (title)
VALUES ('Night Trains');

-- with shop:
ROLLBACK;

-- cursor = shop.execute("SELECT count(*) FROM books")
SELECT count(*)
FROM books;
