-- Base.metadata.create_all(engine)
-- 3 tables

-- session.execute(insert(Customer), rows)
BEGIN (implicit);
INSERT INTO customers (id, name)
VALUES (?, ?);
-- with (1, 'Customer 001'), (2, 'Customer 002'), … 1198 more

-- session.commit()
COMMIT;

-- session.scalars(query).all()
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers
WHERE customers.id <= ?;
-- with (1)
SELECT addresses.customer_id, addresses.id
FROM addresses
WHERE addresses.customer_id IN (?);
-- with (1)
SELECT orders.customer_id, orders.id
FROM orders
WHERE orders.customer_id IN (?);
-- with (1)

-- with Session(engine) as session:
ROLLBACK;

-- session.scalars(query).all()
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers
WHERE customers.id <= ?;
-- with (100)
SELECT addresses.customer_id, addresses.id
FROM addresses
WHERE addresses.customer_id IN (?, ?, ?, ? /* and 96 more */);
-- with (1, 2, 3, 4, … 96 more)
SELECT orders.customer_id, orders.id
FROM orders
WHERE orders.customer_id IN (?, ?, ?, ? /* and 96 more */);
-- with (1, 2, 3, 4, … 96 more)

-- with Session(engine) as session:
ROLLBACK;

-- session.scalars(query).all()
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers
WHERE customers.id <= ?;
-- with (500)
SELECT addresses.customer_id, addresses.id
FROM addresses
WHERE addresses.customer_id IN (?, ?, ?, ? /* and 496 more */);
-- with (1, 2, 3, 4, … 496 more)
SELECT orders.customer_id, orders.id
FROM orders
WHERE orders.customer_id IN (?, ?, ?, ? /* and 496 more */);
-- with (1, 2, 3, 4, … 496 more)

-- with Session(engine) as session:
ROLLBACK;

-- session.scalars(query).all()
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers
WHERE customers.id <= ?;
-- with (501)
SELECT addresses.customer_id, addresses.id
FROM addresses
WHERE addresses.customer_id IN (?, ?, ?, ? /* and 496 more */);
-- with (1, 2, 3, 4, … 496 more)
SELECT addresses.customer_id, addresses.id
FROM addresses
WHERE addresses.customer_id IN (?);
-- with (501)
SELECT orders.customer_id, orders.id
FROM orders
WHERE orders.customer_id IN (?, ?, ?, ? /* and 496 more */);
-- with (1, 2, 3, 4, … 496 more)
SELECT orders.customer_id, orders.id
FROM orders
WHERE orders.customer_id IN (?);
-- with (501)

-- with Session(engine) as session:
ROLLBACK;

-- session.scalars(query).all()
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers
WHERE customers.id <= ?;
-- with (1200)
-- 2 times:
SELECT addresses.customer_id, addresses.id
FROM addresses
WHERE addresses.customer_id IN (?, ?, ?, ? /* and 496 more */);
-- with (1, 2, 3, 4, … 496 more), (501, 502, 503, 504, … 496 more)
SELECT addresses.customer_id, addresses.id
FROM addresses
WHERE addresses.customer_id IN (?, ?, ?, ? /* and 196 more */);
-- with (1001, 1002, 1003, 1004, … 196 more)
-- 2 times:
SELECT orders.customer_id, orders.id
FROM orders
WHERE orders.customer_id IN (?, ?, ?, ? /* and 496 more */);
-- with (1, 2, 3, 4, … 496 more), (501, 502, 503, 504, … 496 more)
SELECT orders.customer_id, orders.id
FROM orders
WHERE orders.customer_id IN (?, ?, ?, ? /* and 196 more */);
-- with (1001, 1002, 1003, 1004, … 196 more)

-- with Session(engine) as session:
ROLLBACK;
