-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
-- 3 times:
INSERT INTO books (title)
VALUES (?)
RETURNING id;
-- with ('The Tide Clock'), ('Salt Roads'), … 1 more
-- 3 times:
INSERT INTO reviews (book_id, rating)
VALUES (?, ?)
RETURNING id;
-- with (1, 5), (1, 4), … 1 more
COMMIT;

-- rows = session.execute(by_hand.order_by(Book.id).limit(3))
BEGIN (implicit);
SELECT books.title, reviews.rating
FROM books
LEFT OUTER JOIN reviews ON books.id = reviews.book_id
ORDER BY books.id
LIMIT ?
OFFSET ?;
-- with (3, 0)

-- for book in session.scalars(query).unique():
SELECT anon_1.id, anon_1.title, reviews_1.id AS id_1, reviews_1.book_id,
       reviews_1.rating
FROM
    (SELECT books.id AS id, books.title AS title
     FROM books
     ORDER BY books.id
     LIMIT ?
     OFFSET ?) AS anon_1
LEFT OUTER JOIN reviews AS reviews_1 ON anon_1.id = reviews_1.book_id
ORDER BY anon_1.id, reviews_1.id;
-- with (3, 0)

-- with Session(engine) as session:
ROLLBACK;
