-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO categories (slug)
VALUES (?::VARCHAR)
RETURNING categories.id;
-- with ('fiction')
INSERT INTO books (title, category_id)
SELECT p0::VARCHAR, p1::INTEGER
FROM (VALUES (?::VARCHAR, ?::INTEGER, 0), (?::VARCHAR, ?::INTEGER, 1) /* and 3 more */) AS imp_sen(p0, p1, sen_counter)
ORDER BY sen_counter
RETURNING books.id, books.id AS id__1;
-- with ('The Tide Clock', 1, 'Salt Roads', 1, … 6 more)
COMMIT;

-- for book in session.scalars(query).all():
BEGIN (implicit);
SELECT books.id, books.title, books.category_id
FROM books
ORDER BY books.id;

-- print(book.category.slug, "|", book.title)
SELECT categories.id, categories.slug
FROM categories
WHERE categories.id = ?::INTEGER;
-- with (1)

-- with Session(engine) as session:
ROLLBACK;
