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

-- amara = session.scalars(filtered).unique().one()
BEGIN (implicit);
SELECT orders.id, orders.customer_id, orders.status, customers.id AS id_1,
       customers.name
FROM customers
JOIN orders ON customers.id = orders.customer_id
WHERE orders.status = ?;
-- with ('open')

-- with Session(engine) as session:
ROLLBACK;

-- amara = session.scalars(complete).one()
BEGIN (implicit);
SELECT customers.id, customers.name
FROM customers
WHERE EXISTS
        (SELECT 1
         FROM orders
         WHERE customers.id = orders.customer_id
             AND orders.status = ?);
-- with ('open')
SELECT orders.customer_id, orders.id, orders.status
FROM orders
WHERE orders.customer_id IN (?)
ORDER BY orders.id;
-- with (1)

-- with Session(engine) as session:
ROLLBACK;
