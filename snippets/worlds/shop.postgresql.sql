-- Base.metadata.create_all(engine)
-- 14 tables

-- with engine.begin() as connection:
BEGIN (implicit);

-- connection.execute(
INSERT INTO authors (id, name, born_year)
VALUES (?::INTEGER, ?::VARCHAR, ?::INTEGER);
-- with (1, 'Ines Moreau', 1974), (2, 'Teo Brandt', 1981), … 2 more
INSERT INTO categories (id, slug, name, parent_id)
VALUES (?::INTEGER, ?::VARCHAR, ?::VARCHAR, ?::INTEGER);
-- with (1, 'fiction', 'Fiction', None), (2, 'sea', 'Sea', 1), … 3 more
INSERT INTO customers (id, email, name, phone, created_at, updated_at)
VALUES (?::INTEGER, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, ?::TIMESTAMP WITH TIME ZONE, ?::TIMESTAMP WITH TIME ZONE);
-- with (1, 'amara@example.com', 'Amara Osei', '555-0101', … 2 more), (2, 'bilal@example.com', 'Bilal Khan', '555-0102', … 2 more), … 3 more
INSERT INTO tags (id, name)
VALUES (?::INTEGER, ?::VARCHAR);
-- with (1, 'gift'), (2, 'outdoors'), … 1 more
INSERT INTO addresses (id, customer_id, label, street, city, postcode, country)
VALUES (?::INTEGER, ?::INTEGER, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR);
-- with (1, 3, 'home', 'Quai 12', … 3 more)
INSERT INTO books (id, isbn, title, description, price_cents, stock, category_id, published_on)
VALUES (?::INTEGER, ?::VARCHAR, ?::VARCHAR, ?::VARCHAR, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?::DATE);
-- with (1, '9780000000019', 'The Tide Clock', None, … 4 more), (2, '9780000000026', 'Salt Roads', None, … 4 more), … 6 more
INSERT INTO orders (id, customer_id, status, placed_at)
VALUES (?::INTEGER, ?::INTEGER, ?::VARCHAR, ?::TIMESTAMP WITH TIME ZONE);
-- with (1, 1, 'sent', datetime.datetime(2026, 1, 6, 9, 0, tzinfo=datetime.timezone.utc)), (2, 1, 'open', datetime.datetime(2026, 1, 9, 9, 0, tzinfo=datetime.timezone.utc)), … 2 more
INSERT INTO wallets (id, customer_id, balance_cents)
VALUES (?::INTEGER, ?::INTEGER, ?::INTEGER);
-- with (1, 1, 10000), (2, 2, 2500), … 1 more
INSERT INTO book_authors (book_id, author_id, position)
VALUES (?::INTEGER, ?::INTEGER, ?::INTEGER);
-- with (1, 1, 1), (2, 1, 1), … 6 more
INSERT INTO book_tags (book_id, tag_id)
VALUES (?::INTEGER, ?::INTEGER);
-- with (1, 1), (1, 3), … 2 more
INSERT INTO daily_sales (day, book_id, copies, revenue_cents)
VALUES (?::DATE, ?::INTEGER, ?::INTEGER, ?::INTEGER);
-- with (datetime.date(2026, 1, 5), 1, 1, 1850), (datetime.date(2026, 1, 5), 3, 2, 3000), … 22 more
INSERT INTO order_lines (order_id, book_id, quantity, unit_price_cents)
VALUES (?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER);
-- with (1, 1, 1, 1850), (1, 2, 2, 2200), … 3 more
INSERT INTO reviews (id, book_id, customer_id, rating, body, created_at)
VALUES (?::INTEGER, ?::INTEGER, ?::INTEGER, ?::INTEGER, ?::VARCHAR, ?::TIMESTAMP WITH TIME ZONE);
-- with (1, 1, 1, 5, … 2 more), (2, 1, 2, 4, … 2 more), … 2 more
INSERT INTO wallet_entries (id, wallet_id, amount_cents, reason, created_at)
VALUES (?::INTEGER, ?::INTEGER, ?::INTEGER, ?::VARCHAR, ?::TIMESTAMP WITH TIME ZONE);
-- with (1, 1, 16250, 'gift card', … 1 more), (2, 1, -6250, 'order 1', … 1 more), … 2 more

-- with engine.begin() as connection:
COMMIT;

-- for number, name, status, cents in session.execute(orders):
BEGIN (implicit);
SELECT orders.id, customers.name, orders.status,
       sum(order_lines.quantity * order_lines.unit_price_cents) AS sum_1
FROM orders
JOIN customers ON customers.id = orders.customer_id
JOIN order_lines ON orders.id = order_lines.order_id
GROUP BY orders.id, customers.name, orders.status
ORDER BY orders.id;

-- print("not cancelled:", session.scalar(kept))
SELECT sum(order_lines.quantity * order_lines.unit_price_cents) AS sum_1
FROM order_lines
JOIN orders ON orders.id = order_lines.order_id
WHERE orders.status != ?::VARCHAR;
-- with ('cancelled')

-- for wallet in session.scalars(select(Wallet).order_by(Wallet.id)):
SELECT wallets.id, wallets.customer_id, wallets.balance_cents
FROM wallets
ORDER BY wallets.id;

-- entries = sum(entry.amount_cents for entry in wallet.entries)
SELECT wallet_entries.id, wallet_entries.wallet_id, wallet_entries.amount_cents,
       wallet_entries.reason, wallet_entries.created_at
FROM wallet_entries
WHERE ?::INTEGER = wallet_entries.wallet_id;
-- with (1)

-- print(f"wallet of {wallet.customer.name}:", end=" ")
SELECT customers.id, customers.email, customers.name, customers.phone,
       customers.created_at, customers.updated_at
FROM customers
WHERE customers.id = ?::INTEGER;
-- with (1)

-- entries = sum(entry.amount_cents for entry in wallet.entries)
SELECT wallet_entries.id, wallet_entries.wallet_id, wallet_entries.amount_cents,
       wallet_entries.reason, wallet_entries.created_at
FROM wallet_entries
WHERE ?::INTEGER = wallet_entries.wallet_id;
-- with (2)

-- print(f"wallet of {wallet.customer.name}:", end=" ")
SELECT customers.id, customers.email, customers.name, customers.phone,
       customers.created_at, customers.updated_at
FROM customers
WHERE customers.id = ?::INTEGER;
-- with (2)

-- entries = sum(entry.amount_cents for entry in wallet.entries)
SELECT wallet_entries.id, wallet_entries.wallet_id, wallet_entries.amount_cents,
       wallet_entries.reason, wallet_entries.created_at
FROM wallet_entries
WHERE ?::INTEGER = wallet_entries.wallet_id;
-- with (3)

-- print(f"wallet of {wallet.customer.name}:", end=" ")
SELECT customers.id, customers.email, customers.name, customers.phone,
       customers.created_at, customers.updated_at
FROM customers
WHERE customers.id = ?::INTEGER;
-- with (3)

-- print("all wallets:", session.scalar(balances))
SELECT sum(wallets.balance_cents) AS sum_1
FROM wallets;

-- print("days, revenue:", *session.execute(sales).one())
SELECT count(DISTINCT daily_sales.day) AS count_1, sum(daily_sales.revenue_cents) AS sum_1
FROM daily_sales;

-- with Session(engine) as session:
ROLLBACK;
