-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO customers (name)
VALUES (?);
-- with ('Amara Osei')
-- 2 times:
INSERT INTO orders (customer_id, status)
VALUES (?, ?)
RETURNING id;
-- with (1, 'sent'), (1, 'open')
COMMIT;

-- print_orders(session.scalars(strict))
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers;

-- with Session(engine) as session:
ROLLBACK;

-- print_orders(session.scalars(eager))
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers;

-- for customer in customers:
SELECT orders.customer_id, orders.id, orders.status
FROM orders
WHERE orders.customer_id IN (?)
ORDER BY orders.id;
-- with (1)

-- with Session(engine) as session:
ROLLBACK;
