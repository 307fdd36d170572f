-- Base.metadata.create_all(engine)
-- 3 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO customers (name)
VALUES (?);
-- with ('Amara Osei')
-- 2 times:
INSERT INTO orders (customer_id)
VALUES (?)
RETURNING id;
-- with (1), (1)
-- 2 times:
INSERT INTO reviews (customer_id)
VALUES (?)
RETURNING id;
-- with (1), (1)
COMMIT;

-- session.scalars(query).all()
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers;
SELECT reviews.customer_id, reviews.id
FROM reviews
WHERE reviews.customer_id IN (?);
-- with (1)
SELECT orders.customer_id, orders.id
FROM orders
WHERE orders.customer_id IN (?);
-- with (1)

-- with Session(engine) as session:
ROLLBACK;

-- session.scalars(query).all()
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers;

-- with Session(engine) as session:
ROLLBACK;

-- session.scalars(query).all()
BEGIN (implicit);
SELECT customers.name
FROM customers;

-- with Session(engine) as session:
ROLLBACK;
