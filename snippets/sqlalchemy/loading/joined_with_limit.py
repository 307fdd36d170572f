from sqlalchemy import ForeignKey, String, create_engine, event, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    joinedload,
    mapped_column,
    relationship,
)


class Base(DeclarativeBase):
    type_annotation_map = {str: String(200)}


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    reviews: Mapped[list["Review"]] = relationship(order_by="Review.id")


class Review(Base):
    __tablename__ = "reviews"
    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey(Book.id))
    rating: Mapped[int]


def main() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    clock = Book(title="The Tide Clock")
    clock.reviews = [Review(rating=5), Review(rating=4)]
    roads = Book(title="Salt Roads", reviews=[Review(rating=3)])
    bread = Book(title="100% Bread")
    with Session(engine) as session:
        session.add_all([clock, roads, bread])
        session.commit()

    statements: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def record(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    with Session(engine) as session:
        by_hand = select(Book.title, Review.rating)
        by_hand = by_hand.join(Book.reviews, isouter=True)
        rows = session.execute(by_hand.order_by(Book.id).limit(3))
        print("by hand:", sorted({row.title for row in rows}))

        query = select(Book).order_by(Book.id).limit(3)
        query = query.options(joinedload(Book.reviews))
        for book in session.scalars(query).unique():
            print(book.title, [r.rating for r in book.reviews])
        print(statements[-1])
    engine.dispose()


if __name__ == "__main__":
    main()
