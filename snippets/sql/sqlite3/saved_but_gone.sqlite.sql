-- with closing(sqlite3.connect(path)) as connection:
-- a new connection

-- connection.execute(CUSTOMERS)
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
);

-- connection.execute(
BEGIN;
INSERT INTO customers (email, name)
VALUES ('amara@example.com', 'Amara Osei');

-- cursor = connection.execute("SELECT count(*) FROM customers")
SELECT count(*)
FROM customers;

-- with closing(sqlite3.connect(path)) as connection:
-- a new connection

-- cursor = connection.execute("SELECT count(*) FROM customers")
SELECT count(*)
FROM customers;
