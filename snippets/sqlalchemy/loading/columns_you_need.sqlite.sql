-- Base.metadata.create_all(engine)
-- 1 table

-- session.commit()
BEGIN (implicit);
-- 2 times:
INSERT INTO books (title, description, price_cents)
VALUES (?, ?, ?)
RETURNING id;
-- with ('The Tide Clock', 'The Tide Clock, told over four hundred pages', 1850), ('Salt Roads', 'Salt Roads, told over four hundred pages', 2200)
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
WHERE books.id = ?;
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
WHERE books.id = ?;
-- with (1), (2)

-- with Session(engine) as session:
ROLLBACK;
