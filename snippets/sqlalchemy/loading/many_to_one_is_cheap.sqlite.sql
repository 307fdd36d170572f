-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO categories (slug)
VALUES (?);
-- with ('fiction')
-- 5 times:
INSERT INTO books (title, category_id)
VALUES (?, ?)
RETURNING id;
-- with ('The Tide Clock', 1), ('Salt Roads', 1), … 3 more
COMMIT;

-- for book in session.scalars(query).all():
BEGIN (implicit);
SELECT books.id, books.title, books.category_id
FROM books
ORDER BY books.id;

-- print(book.category.slug, "|", book.title)
SELECT categories.id, categories.slug
FROM categories
WHERE categories.id = ?;
-- with (1)

-- with Session(engine) as session:
ROLLBACK;
