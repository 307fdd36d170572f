-- Base.metadata.create_all(engine)
-- 3 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO customers (name)
VALUES (?);
-- with ('Amara Osei')
INSERT INTO customers (id, name)
VALUES (?, ?);
-- with (3, 'Chloé Martin')
-- 2 times:
INSERT INTO orders (customer_id)
VALUES (?)
RETURNING id;
-- with (1), (1)
-- 2 times:
INSERT INTO reviews (customer_id, rating)
VALUES (?, ?)
RETURNING id;
-- with (1, 5), (1, 4)
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
