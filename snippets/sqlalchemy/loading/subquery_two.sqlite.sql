-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
-- 2 times:
INSERT INTO books (title, price_cents)
VALUES (?, ?)
RETURNING id;
-- with ('The Tide Clock', 1850), ('Salt Roads', 2200)
-- 3 times:
INSERT INTO reviews (book_id, rating)
VALUES (?, ?)
RETURNING id;
-- with (1, 5), (1, 4), … 1 more
COMMIT;

-- for book in session.scalars(query):
BEGIN (implicit);
SELECT books.id, books.title, books.price_cents
FROM books
WHERE books.price_cents < ?;
-- with (2000)
SELECT reviews.id AS reviews_id, reviews.book_id AS reviews_book_id,
       reviews.rating AS reviews_rating, anon_1.books_id AS anon_1_books_id
FROM
    (SELECT books.id AS books_id
     FROM books
     WHERE books.price_cents < ?) AS anon_1
JOIN reviews ON anon_1.books_id = reviews.book_id
ORDER BY reviews.id;
-- with (2000)

-- with Session(engine) as session:
ROLLBACK;
