-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO customers (name)
VALUES (?);
-- with ('Amara Osei')
INSERT INTO orders (customer_id, status)
VALUES (?, ?), (?, ?)
RETURNING orders.id, orders.id AS id__1;
-- with (1, 'sent', 1, 'open')
COMMIT;

-- customers = session.scalars(select(Customer))
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers;

-- with Session(engine) as session:
ROLLBACK;

-- return {c.name: len(c.orders) for c in session.scalars(query)}
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers;
SELECT orders.customer_id, orders.id, orders.status
FROM orders
WHERE orders.customer_id IN (?)
ORDER BY orders.id;
-- with (1)

-- with Session(engine) as session:
ROLLBACK;
