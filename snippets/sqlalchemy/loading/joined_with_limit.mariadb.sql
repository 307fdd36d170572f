-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO books (title)
VALUES (?), (?) /* and 1 more */
RETURNING books.id, books.id AS id__1;
-- with ('The Tide Clock', 'Salt Roads', '100% Bread')
INSERT INTO reviews (book_id, rating)
VALUES (?, ?), (?, ?) /* and 1 more */
RETURNING reviews.id, reviews.id AS id__1;
-- with (1, 5, 1, 4, … 2 more)
COMMIT;

-- rows = session.execute(by_hand.order_by(Book.id).limit(3))
BEGIN (implicit);
SELECT books.title, reviews.rating
FROM books
LEFT OUTER JOIN reviews ON books.id = reviews.book_id
ORDER BY books.id
LIMIT ?;
-- with (3)

-- for book in session.scalars(query).unique():
SELECT anon_1.id, anon_1.title, reviews_1.id AS id_1, reviews_1.book_id,
       reviews_1.rating
FROM
    (SELECT books.id AS id, books.title AS title
     FROM books
     ORDER BY books.id
     LIMIT ?) AS anon_1
LEFT OUTER JOIN reviews AS reviews_1 ON anon_1.id = reviews_1.book_id
ORDER BY anon_1.id, reviews_1.id;
-- with (3)

-- with Session(engine) as session:
ROLLBACK;
