-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
-- 3 times:
INSERT INTO customers (name)
VALUES (?)
RETURNING id;
-- with ('Amara Osei'), ('Bilal Khan'), … 1 more
COMMIT;

-- for customer in session.scalars(select(Customer)):
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers;

-- return f"<{self.name}: {len(self.orders)} orders>"
-- 3 times:
SELECT orders.id, orders.customer_id
FROM orders
WHERE ? = orders.customer_id;
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
WHERE ? = orders.customer_id;
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
WHERE ? = orders.customer_id;
-- with (1), (2), … 1 more

-- with Session(engine) as session:
ROLLBACK;
