-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO customers (name)
SELECT p0::VARCHAR
FROM (VALUES (?::VARCHAR, 0), (?::VARCHAR, 1) /* and 1 more */) AS imp_sen(p0, sen_counter)
ORDER BY sen_counter
RETURNING customers.id, customers.id AS id__1;
-- with ('Amara Osei', 'Bilal Khan', 'Chloé Martin')
COMMIT;

-- for customer in session.scalars(select(Customer)):
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers;

-- return f"<{self.name}: {len(self.orders)} orders>"
-- 3 times:
SELECT orders.id, orders.customer_id
FROM orders
WHERE ?::INTEGER = orders.customer_id;
-- with (1), (2), … 1 more

-- with Session(engine) as session:
ROLLBACK;

-- for customer in session.scalars(select(Customer)):
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers;

-- show(customer)
-- 3 times:
SELECT orders.id, orders.customer_id
FROM orders
WHERE ?::INTEGER = orders.customer_id;
-- with (1), (2), … 1 more

-- with Session(engine) as session:
ROLLBACK;

-- for customer in session.scalars(select(Customer)):
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers;

-- return json.dumps({"orders": [o.id for o in customer.orders]})
-- 3 times:
SELECT orders.id, orders.customer_id
FROM orders
WHERE ?::INTEGER = orders.customer_id;
-- with (1), (2), … 1 more

-- with Session(engine) as session:
ROLLBACK;
