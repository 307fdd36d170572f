-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO books (title, price_cents)
SELECT p0::VARCHAR, p1::INTEGER
FROM (VALUES (?::VARCHAR, ?::INTEGER, 0), (?::VARCHAR, ?::INTEGER, 1)) AS imp_sen(p0, p1, sen_counter)
ORDER BY sen_counter
RETURNING books.id, books.id AS id__1;
-- with ('The Tide Clock', 1850, 'Salt Roads', 2200)
INSERT INTO reviews (book_id, rating)
SELECT p0::INTEGER, p1::INTEGER
FROM (VALUES (?::INTEGER, ?::INTEGER, 0), (?::INTEGER, ?::INTEGER, 1) /* and 1 more */) AS imp_sen(p0, p1, sen_counter)
ORDER BY sen_counter
RETURNING reviews.id, reviews.id AS id__1;
-- with (1, 5, 1, 4, … 2 more)
COMMIT;

-- for book in session.scalars(query):
BEGIN (implicit);
SELECT books.id, books.title, books.price_cents
FROM books
WHERE books.price_cents < ?::INTEGER;
-- with (2000)
SELECT reviews.id AS reviews_id, reviews.book_id AS reviews_book_id,
       reviews.rating AS reviews_rating, anon_1.books_id AS anon_1_books_id
FROM
    (SELECT books.id AS books_id
     FROM books
     WHERE books.price_cents < ?::INTEGER) AS anon_1
JOIN reviews ON anon_1.books_id = reviews.book_id
ORDER BY reviews.id;
-- with (2000)

-- with Session(engine) as session:
ROLLBACK;
