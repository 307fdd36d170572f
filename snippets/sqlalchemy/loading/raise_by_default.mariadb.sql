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

-- amara = session.get_one(Customer, 1)
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers
WHERE customers.id = ?;
-- with (1)

-- found = session.scalars(own.order_by(Order.id))
SELECT orders.id, orders.customer_id, orders.status
FROM orders
WHERE orders.customer_id = ?
ORDER BY orders.id;
-- with (1)

-- with Session(engine) as session:
ROLLBACK;

-- amara = session.scalars(query).one()
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers;
SELECT orders.customer_id, orders.id, orders.status
FROM orders
WHERE orders.customer_id IN (?);
-- with (1)

-- with Session(engine) as session:
ROLLBACK;
