-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO categories (slug)
SELECT p0::VARCHAR
FROM (VALUES (?::VARCHAR, 0), (?::VARCHAR, 1)) AS imp_sen(p0, sen_counter)
ORDER BY sen_counter
RETURNING categories.id, categories.id AS id__1;
-- with ('sea', 'nature')
INSERT INTO books (title, category_id)
SELECT p0::VARCHAR, p1::INTEGER
FROM (VALUES (?::VARCHAR, ?::INTEGER, 0), (?::VARCHAR, ?::INTEGER, 1) /* and 1 more */) AS imp_sen(p0, p1, sen_counter)
ORDER BY sen_counter
RETURNING books.id, books.id AS id__1;
-- with ('The Tide Clock', 1, 'Salt Roads', 1, … 2 more)
COMMIT;

-- books = session.scalars(query).all()
BEGIN (implicit);
SELECT books.id, books.title, books.category_id, categories_1.id AS id_1,
       categories_1.slug
FROM books
JOIN categories ON categories.id = books.category_id
LEFT OUTER JOIN categories AS categories_1 ON categories_1.id = books.category_id
WHERE categories.slug = ?::VARCHAR
ORDER BY books.id;
-- with ('sea')

-- with Session(engine) as session:
ROLLBACK;

-- books = session.scalars(query).all()
BEGIN (implicit);
SELECT categories.id, categories.slug, books.id AS id_1, books.title,
       books.category_id
FROM books
JOIN categories ON categories.id = books.category_id
WHERE categories.slug = ?::VARCHAR
ORDER BY books.id;
-- with ('sea')

-- with Session(engine) as session:
ROLLBACK;
