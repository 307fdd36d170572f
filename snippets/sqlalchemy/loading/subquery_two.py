from sqlalchemy import ForeignKey, String, create_engine, event, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
    relationship,
    subqueryload,
)


class Base(DeclarativeBase):
    type_annotation_map = {str: String(200)}


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    price_cents: Mapped[int]
    reviews: Mapped[list["Review"]] = relationship(order_by="Review.id")


class Review(Base):
    __tablename__ = "reviews"
    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey(Book.id))
    rating: Mapped[int]


def main() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    clock = Book(title="The Tide Clock", price_cents=1850)
    clock.reviews = [Review(rating=5), Review(rating=4)]
    roads = Book(title="Salt Roads", price_cents=2200)
    roads.reviews = [Review(rating=3)]
    with Session(engine) as session:
        session.add_all([clock, roads])
        session.commit()

    statements: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def record(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    with Session(engine) as session:
        query = select(Book).where(Book.price_cents < 2000)
        query = query.options(subqueryload(Book.reviews))
        for book in session.scalars(query):
            print(book.title, [r.rating for r in book.reviews])
    print("statements:", len(statements))
    print(statements[1])
    engine.dispose()


if __name__ == "__main__":
    main()
