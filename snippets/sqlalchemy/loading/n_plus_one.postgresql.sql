-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO customers (email, name)
SELECT p0::VARCHAR, p1::VARCHAR
FROM (VALUES (?::VARCHAR, ?::VARCHAR, 0), (?::VARCHAR, ?::VARCHAR, 1) /* and 98 more */) AS imp_sen(p0, p1, sen_counter)
ORDER BY sen_counter
RETURNING customers.id, customers.id AS id__1;
-- with ('customer001@example.com', 'Customer 001', 'customer002@example.com', 'Customer 002', … 196 more)
INSERT INTO addresses (customer_id, city)
SELECT p0::INTEGER, p1::VARCHAR
FROM (VALUES (?::INTEGER, ?::VARCHAR, 0), (?::INTEGER, ?::VARCHAR, 1) /* and 98 more */) AS imp_sen(p0, p1, sen_counter)
ORDER BY sen_counter
RETURNING addresses.id, addresses.id AS id__1;
-- with (1, 'Porto', 2, 'Porto', … 196 more)
COMMIT;

-- customers = session.scalars(query).all()
BEGIN (implicit);
SELECT customers.id, customers.email, customers.name
FROM customers
ORDER BY customers.id;

-- cities = [c.addresses[0].city for c in customers]
-- 100 times:
SELECT addresses.id, addresses.customer_id, addresses.city
FROM addresses
WHERE ?::INTEGER = addresses.customer_id;
-- with (1), (2), … 98 more

-- with Session(engine) as session:
ROLLBACK;
