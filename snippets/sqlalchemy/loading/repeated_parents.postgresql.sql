-- Base.metadata.create_all(engine)
-- 3 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO customers (name)
VALUES (?::VARCHAR)
RETURNING customers.id;
-- with ('Amara Osei')
INSERT INTO customers (id, name)
VALUES (?::INTEGER, ?::VARCHAR);
-- with (3, 'Chloé Martin')
INSERT INTO orders (customer_id)
SELECT p0::INTEGER
FROM (VALUES (?::INTEGER, 0), (?::INTEGER, 1)) AS imp_sen(p0, sen_counter)
ORDER BY sen_counter
RETURNING orders.id, orders.id AS id__1;
-- with (1, 1)
INSERT INTO reviews (customer_id, rating)
SELECT p0::INTEGER, p1::INTEGER
FROM (VALUES (?::INTEGER, ?::INTEGER, 0), (?::INTEGER, ?::INTEGER, 1)) AS imp_sen(p0, p1, sen_counter)
ORDER BY sen_counter
RETURNING reviews.id, reviews.id AS id__1;
-- with (1, 5, 1, 4)
COMMIT;

-- found = session.scalars(query).unique().all()
BEGIN (implicit);
SELECT customers.id, customers.name, orders_1.id AS id_1, orders_1.customer_id
FROM customers
LEFT OUTER JOIN orders AS orders_1 ON customers.id = orders_1.customer_id
ORDER BY customers.id, orders_1.id;

-- rows = session.connection().exec_driver_sql(statements[-1])
SELECT customers.id, customers.name, orders_1.id AS id_1, orders_1.customer_id
FROM customers
LEFT OUTER JOIN orders AS orders_1 ON customers.id = orders_1.customer_id
ORDER BY customers.id, orders_1.id;

-- found = session.scalars(query).unique().all()
SELECT customers.id, customers.name, orders_1.id AS id_1, orders_1.customer_id,
       reviews_1.id AS id_2, reviews_1.customer_id AS customer_id_1, reviews_1.rating
FROM customers
LEFT OUTER JOIN orders AS orders_1 ON customers.id = orders_1.customer_id
LEFT OUTER JOIN reviews AS reviews_1 ON customers.id = reviews_1.customer_id
ORDER BY customers.id, orders_1.id, reviews_1.id;

-- rows = session.connection().exec_driver_sql(statements[-1])
SELECT customers.id, customers.name, orders_1.id AS id_1, orders_1.customer_id,
       reviews_1.id AS id_2, reviews_1.customer_id AS customer_id_1, reviews_1.rating
FROM customers
LEFT OUTER JOIN orders AS orders_1 ON customers.id = orders_1.customer_id
LEFT OUTER JOIN reviews AS reviews_1 ON customers.id = reviews_1.customer_id
ORDER BY customers.id, orders_1.id, reviews_1.id;

-- with Session(engine) as session:
ROLLBACK;
