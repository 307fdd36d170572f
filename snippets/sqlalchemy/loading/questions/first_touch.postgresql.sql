-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO customers DEFAULT
VALUES RETURNING customers.id;
INSERT INTO orders (customer_id)
SELECT p0::INTEGER
FROM (VALUES (?::INTEGER, 0), (?::INTEGER, 1)) AS imp_sen(p0, sen_counter)
ORDER BY sen_counter
RETURNING orders.id, orders.id AS id__1;
-- with (1, 1)
COMMIT;

-- customer = session.scalars(select(Customer)).one()
BEGIN (implicit);
SELECT customers.id
FROM customers;

-- orders = customer.orders
SELECT orders.id, orders.customer_id
FROM orders
WHERE ?::INTEGER = orders.customer_id;
-- with (1)

-- with Session(engine) as session:
ROLLBACK;
