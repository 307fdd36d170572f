from sqlalchemy import String, create_engine, event, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    defer,
    load_only,
    mapped_column,
)


class Base(DeclarativeBase):
    type_annotation_map = {str: String(200)}


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    description: Mapped[str | None]
    price_cents: Mapped[int]


def main() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    prices = {"The Tide Clock": 1850, "Salt Roads": 2200}
    with Session(engine) as session:
        for title, price in prices.items():
            text = f"{title}, told over four hundred pages"
            book = Book(title=title, description=text)
            book.price_cents = price
            session.add(book)
        session.commit()

    statements: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def record(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    title_only = load_only(Book.title)
    without_text = defer(Book.description)
    for option in (title_only, without_text):
        statements.clear()
        query = select(Book).order_by(Book.id).options(option)
        with Session(engine) as session:
            books = session.scalars(query).all()
            print([book.title for book in books])
            print(statements[0])
            longest = max(len(book.description) for book in books)
            print("longest text:", longest)
            print("statements:", len(statements))
    engine.dispose()


if __name__ == "__main__":
    main()
