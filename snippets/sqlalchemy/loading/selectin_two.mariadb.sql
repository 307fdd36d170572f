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

-- customers = session.scalars(query).all()
BEGIN (implicit);
SELECT customers.id, customers.email, customers.name
FROM customers
ORDER BY customers.id;
SELECT addresses.customer_id, addresses.id, addresses.city
FROM addresses
WHERE addresses.customer_id IN (?, ?, ?, ? /* and 96 more */);
-- with (1, 2, 3, 4, … 96 more)

-- with Session(engine) as session:
ROLLBACK;
