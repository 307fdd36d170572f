-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO customers (name)
SELECT p0::VARCHAR
FROM (VALUES (?::VARCHAR, 0), (?::VARCHAR, 1)) AS imp_sen(p0, sen_counter)
ORDER BY sen_counter
RETURNING customers.id, customers.id AS id__1;
-- with ('Amara Osei', 'Bilal Khan')
INSERT INTO orders (customer_id, status)
SELECT p0::INTEGER, p1::VARCHAR
FROM (VALUES (?::INTEGER, ?::VARCHAR, 0), (?::INTEGER, ?::VARCHAR, 1) /* and 1 more */) AS imp_sen(p0, p1, sen_counter)
ORDER BY sen_counter
RETURNING orders.id, orders.id AS id__1;
-- with (1, 'sent', 1, 'open', … 2 more)
COMMIT;

-- amara = session.scalars(filtered).unique().one()
BEGIN (implicit);
SELECT orders.id, orders.customer_id, orders.status, customers.id AS id_1,
       customers.name
FROM customers
JOIN orders ON customers.id = orders.customer_id
WHERE orders.status = ?::VARCHAR;
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
             AND orders.status = ?::VARCHAR);
-- with ('open')
SELECT orders.customer_id, orders.id, orders.status
FROM orders
WHERE orders.customer_id IN (?::INTEGER)
ORDER BY orders.id;
-- with (1)

-- with Session(engine) as session:
ROLLBACK;
