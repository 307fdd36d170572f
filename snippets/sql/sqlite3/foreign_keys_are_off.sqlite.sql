-- with closing(sqlite3.connect(":memory:")) as connection:
-- a new connection

-- connection.execute(CUSTOMERS)
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

-- connection.execute(ORDERS)
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    status TEXT NOT NULL
);

-- cursor = connection.execute(PLACE, (MISSING,))
BEGIN;
INSERT INTO orders (customer_id, status)
VALUES (99, 'open');

-- connection.execute("PRAGMA foreign_keys = ON")
PRAGMA foreign_keys = ON;

-- return connection.execute("PRAGMA foreign_keys").fetchone()[0]
PRAGMA foreign_keys;

-- connection.rollback()
ROLLBACK;

-- connection.execute("PRAGMA foreign_keys = ON")
PRAGMA foreign_keys = ON;

-- return connection.execute("PRAGMA foreign_keys").fetchone()[0]
PRAGMA foreign_keys;

-- connection.execute(PLACE, (MISSING,))
BEGIN;
INSERT INTO orders (customer_id, status)
VALUES (99, 'open');

-- with connection:
ROLLBACK;
