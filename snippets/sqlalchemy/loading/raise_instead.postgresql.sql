-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO customers (name)
VALUES (?::VARCHAR)
RETURNING customers.id;
-- with ('Amara Osei')
INSERT INTO orders (customer_id, status)
SELECT p0::INTEGER, p1::VARCHAR
FROM (VALUES (?::INTEGER, ?::VARCHAR, 0), (?::INTEGER, ?::VARCHAR, 1)) AS imp_sen(p0, p1, sen_counter)
ORDER BY sen_counter
RETURNING orders.id, orders.id AS id__1;
-- with (1, 'sent', 1, 'open')
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
WHERE orders.customer_id IN (?::INTEGER)
ORDER BY orders.id;
-- with (1)

-- with Session(engine) as session:
ROLLBACK;
