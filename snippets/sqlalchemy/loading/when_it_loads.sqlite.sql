-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
-- 2 times:
INSERT INTO customers (name)
VALUES (?)
RETURNING id;
-- with ('Amara Osei'), ('Bilal Khan')
-- 3 times:
INSERT INTO orders (customer_id, status)
VALUES (?, ?)
RETURNING id;
-- with (1, 'sent'), (1, 'open'), … 1 more
COMMIT;

-- amara, bilal = session.scalars(query)
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers
ORDER BY customers.id;

-- print("Amara's orders:", [o.id for o in amara.orders])
SELECT orders.id, orders.customer_id, orders.status
FROM orders
WHERE ? = orders.customer_id
ORDER BY orders.id;
-- with (1)

-- print("Bilal's orders:", [o.id for o in bilal.orders])
SELECT orders.id, orders.customer_id, orders.status
FROM orders
WHERE ? = orders.customer_id
ORDER BY orders.id;
-- with (2)

-- with Session(engine) as session:
ROLLBACK;
