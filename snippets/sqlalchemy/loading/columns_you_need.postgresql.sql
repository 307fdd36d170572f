-- Base.metadata.create_all(engine)
-- 1 table

-- session.commit()
BEGIN (implicit);
INSERT INTO books (title, description, price_cents)
SELECT p0::VARCHAR, p1::VARCHAR, p2::INTEGER
FROM (VALUES (?::VARCHAR, ?::VARCHAR, ?::INTEGER, 0), (?::VARCHAR, ?::VARCHAR, ?::INTEGER, 1)) AS imp_sen(p0, p1, p2, sen_counter)
ORDER BY sen_counter
RETURNING books.id, books.id AS id__1;
-- with ('The Tide Clock', 'The Tide Clock, told over four hundred pages', 1850, 'Salt Roads', … 2 more)
COMMIT;

-- books = session.scalars(query).all()
BEGIN (implicit);
SELECT books.id, books.title
FROM books
ORDER BY books.id;

-- longest = max(len(book.description) for book in books)
-- 2 times:
SELECT books.description
FROM books
WHERE books.id = ?::INTEGER;
-- with (1), (2)

-- with Session(engine) as session:
ROLLBACK;

-- books = session.scalars(query).all()
BEGIN (implicit);
SELECT books.id, books.title, books.price_cents
FROM books
ORDER BY books.id;

-- longest = max(len(book.description) for book in books)
-- 2 times:
SELECT books.description
FROM books
WHERE books.id = ?::INTEGER;
-- with (1), (2)

-- with Session(engine) as session:
ROLLBACK;
