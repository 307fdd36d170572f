-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO categories (slug)
VALUES (?), (?)
RETURNING categories.id, categories.id AS id__1;
-- with ('sea', 'nature')
INSERT INTO books (title, category_id)
VALUES (?, ?), (?, ?) /* and 1 more */
RETURNING books.id, books.id AS id__1;
-- with ('The Tide Clock', 1, 'Salt Roads', 1, … 2 more)
COMMIT;

-- books = session.scalars(query).all()
BEGIN (implicit);
SELECT books.id, books.title, books.category_id, categories_1.id AS id_1,
       categories_1.slug
FROM books
INNER JOIN categories ON categories.id = books.category_id
LEFT OUTER JOIN categories AS categories_1 ON categories_1.id = books.category_id
WHERE categories.slug = ?
ORDER BY books.id;
-- with ('sea')

-- with Session(engine) as session:
ROLLBACK;

-- books = session.scalars(query).all()
BEGIN (implicit);
SELECT categories.id, categories.slug, books.id AS id_1, books.title,
       books.category_id
FROM books
INNER JOIN categories ON categories.id = books.category_id
WHERE categories.slug = ?
ORDER BY books.id;
-- with ('sea')

-- with Session(engine) as session:
ROLLBACK;
