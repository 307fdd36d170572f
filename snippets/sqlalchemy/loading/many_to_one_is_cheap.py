from sqlalchemy import ForeignKey, String, create_engine, event, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
    relationship,
)


class Base(DeclarativeBase):
    type_annotation_map = {str: String(200)}


class Category(Base):
    __tablename__ = "categories"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    category_id: Mapped[int | None] = mapped_column(
        ForeignKey(Category.id)
    )
    category: Mapped[Category | None] = relationship()


TITLES = [
    "The Tide Clock",
    "Salt Roads",
    "snake_case Stories",
    "Night Trains",
    "L'Été indien",
]


def main() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    fiction = Category(slug="fiction")
    with Session(engine) as session:
        session.add_all(
            Book(title=title, category=fiction) for title in TITLES
        )
        session.commit()

    statements: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def record(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    with Session(engine) as session:
        query = select(Book).order_by(Book.id)
        for book in session.scalars(query).all():
            print(book.category.slug, "|", book.title)
        print("statements:", len(statements))
        print(statements[1])
    engine.dispose()


if __name__ == "__main__":
    main()
