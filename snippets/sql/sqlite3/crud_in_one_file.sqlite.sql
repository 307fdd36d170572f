-- with closing(sqlite3.connect(":memory:")) as connection:
-- a new connection

-- connection.execute(CUSTOMERS)
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    phone TEXT
);

-- cursor = connection.execute(
BEGIN;
INSERT INTO customers (email, name)
VALUES ('emi@example.com', 'Emi Sato')
RETURNING id;

-- with connection:
COMMIT;

-- cursor = connection.execute(
SELECT name, phone
FROM customers
WHERE id = 1;

-- cursor = connection.execute(
BEGIN;
UPDATE customers
SET phone = '555-0105'
WHERE id = 1;

-- with connection:
COMMIT;

-- cursor = connection.execute(
SELECT name, phone
FROM customers
WHERE id = 1;

-- cursor = connection.execute(
BEGIN;
DELETE
FROM customers
WHERE id = 1;

-- with connection:
COMMIT;

-- cursor = connection.execute(
SELECT name, phone
FROM customers
WHERE id = 1;

-- cursor = connection.execute(
BEGIN;
DELETE
FROM customers
WHERE id = 1;

-- with connection:
COMMIT;
