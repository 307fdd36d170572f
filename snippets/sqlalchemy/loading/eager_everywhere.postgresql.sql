-- Base.metadata.create_all(engine)
-- 3 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO customers (name)
VALUES (?::VARCHAR)
RETURNING customers.id;
-- with ('Amara Osei')
INSERT INTO orders (customer_id)
SELECT p0::INTEGER
FROM (VALUES (?::INTEGER, 0), (?::INTEGER, 1)) AS imp_sen(p0, sen_counter)
ORDER BY sen_counter
RETURNING orders.id, orders.id AS id__1;
-- with (1, 1)
INSERT INTO reviews (customer_id)
SELECT p0::INTEGER
FROM (VALUES (?::INTEGER, 0), (?::INTEGER, 1)) AS imp_sen(p0, sen_counter)
ORDER BY sen_counter
RETURNING reviews.id, reviews.id AS id__1;
-- with (1, 1)
COMMIT;

-- session.scalars(query).all()
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers;
SELECT orders.customer_id, orders.id
FROM orders
WHERE orders.customer_id IN (?::INTEGER);
-- with (1)
SELECT reviews.customer_id, reviews.id
FROM reviews
WHERE reviews.customer_id IN (?::INTEGER);
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
