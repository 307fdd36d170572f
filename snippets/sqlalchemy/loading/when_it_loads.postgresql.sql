-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO customers (name)
SELECT p0::VARCHAR
FROM (VALUES (?::VARCHAR, 0), (?::VARCHAR, 1)) AS imp_sen(p0, sen_counter)
ORDER BY sen_counter
RETURNING customers.id, customers.id AS id__1;
-- with ('Amara Osei', 'Bilal Khan')
INSERT INTO orders (customer_id, status)
SELECT p0::INTEGER, p1::VARCHAR
FROM (VALUES (?::INTEGER, ?::VARCHAR, 0), (?::INTEGER, ?::VARCHAR, 1) /* and 1 more */) AS imp_sen(p0, p1, sen_counter)
ORDER BY sen_counter
RETURNING orders.id, orders.id AS id__1;
-- with (1, 'sent', 1, 'open', … 2 more)
COMMIT;

-- amara, bilal = session.scalars(query)
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers
ORDER BY customers.id;

-- print("Amara's orders:", [o.id for o in amara.orders])
SELECT orders.id, orders.customer_id, orders.status
FROM orders
WHERE ?::INTEGER = orders.customer_id
ORDER BY orders.id;
-- with (1)

-- print("Bilal's orders:", [o.id for o in bilal.orders])
SELECT orders.id, orders.customer_id, orders.status
FROM orders
WHERE ?::INTEGER = orders.customer_id
ORDER BY orders.id;
-- with (2)

-- with Session(engine) as session:
ROLLBACK;
