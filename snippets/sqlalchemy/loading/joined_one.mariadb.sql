-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO customers (email, name)
VALUES (?, ?), (?, ?) /* and 98 more */
RETURNING customers.id, customers.id AS id__1;
-- with ('customer001@example.com', 'Customer 001', 'customer002@example.com', 'Customer 002', … 196 more)
INSERT INTO addresses (customer_id, city)
VALUES (?, ?), (?, ?) /* and 98 more */
RETURNING addresses.id, addresses.id AS id__1;
-- with (1, 'Porto', 2, 'Porto', … 196 more)
COMMIT;

-- session.scalars(query).all()
BEGIN (implicit);
SELECT customers.id, customers.email, customers.name, addresses_1.id AS id_1,
       addresses_1.customer_id, addresses_1.city
FROM customers
LEFT OUTER JOIN addresses AS addresses_1 ON customers.id = addresses_1.customer_id
ORDER BY customers.id;

-- with Session(engine) as session:
ROLLBACK;

-- customers = session.scalars(query).unique().all()
BEGIN (implicit);
SELECT customers.id, customers.email, customers.name, addresses_1.id AS id_1,
       addresses_1.customer_id, addresses_1.city
FROM customers
LEFT OUTER JOIN addresses AS addresses_1 ON customers.id = addresses_1.customer_id
ORDER BY customers.id;

-- with Session(engine) as session:
ROLLBACK;
