-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO customers ()
VALUES ();
INSERT INTO orders (customer_id)
VALUES (?), (?)
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
WHERE ? = orders.customer_id;
-- with (1)

-- with Session(engine) as session:
ROLLBACK;
