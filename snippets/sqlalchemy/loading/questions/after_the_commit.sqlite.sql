-- Base.metadata.create_all(engine)
-- 1 table

-- session.commit()
BEGIN (implicit);
INSERT INTO books (title)
VALUES (?);
-- with ('Salt Roads')
COMMIT;

-- book = session.scalars(select(Book)).one()
BEGIN (implicit);
SELECT books.id, books.title
FROM books;

-- session.commit()
COMMIT;

-- print(book.title)
BEGIN (implicit);
SELECT books.id, books.title
FROM books
WHERE books.id = ?;
-- with (1)

-- with Session(engine) as session:
ROLLBACK;
