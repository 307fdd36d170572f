-- Base.metadata.create_all(engine)
-- 2 tables

-- session.commit()
BEGIN (implicit);
INSERT INTO categories (slug)
VALUES (?);
-- with ('fiction')
INSERT INTO books (title, category_id)
VALUES (?, ?), (?, ?) /* and 3 more */
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
WHERE categories.id = ?;
-- with (1)

-- with Session(engine) as session:
ROLLBACK;
