-- with closing(sqlite3.connect(":memory:")) as shop:
-- a new connection

-- shop.execute("CREATE TABLE sales (title TEXT)")
CREATE TABLE sales (title TEXT);

-- shop.execute(SALE, ("The Tide Clock",))
BEGIN;
INSERT INTO sales
VALUES ('The Tide Clock');

-- shop.execute(SALE, (title,))
INSERT INTO sales
VALUES ('Salt Roads');

-- with shop:
COMMIT;

-- shop.execute(SALE, ("Night Trains",))
BEGIN;
INSERT INTO sales
VALUES ('Night Trains');

-- with shop:
ROLLBACK;

-- cursor = shop.execute("SELECT count(*) FROM sales")
SELECT count(*)
FROM sales;
