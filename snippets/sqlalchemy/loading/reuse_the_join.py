from sqlalchemy import ForeignKey, String, create_engine, event, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    contains_eager,
    joinedload,
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


def main() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    sea, nature = Category(slug="sea"), Category(slug="nature")
    with Session(engine) as session:
        session.add(Book(title="The Tide Clock", category=sea))
        session.add(Book(title="Salt Roads", category=sea))
        clouds = Book(title="Field Guide to Clouds", category=nature)
        session.add(clouds)
        session.commit()

    statements: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def record(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    on_sea = select(Book).join(Book.category).order_by(Book.id)
    on_sea = on_sea.where(Category.slug == "sea")
    for option in (joinedload, contains_eager):
        statements.clear()
        query = on_sea.options(option(Book.category))
        with Session(engine) as session:
            books = session.scalars(query).all()
            shown = [(book.title, book.category.slug) for book in books]
        print(option.__name__, shown)
        joins = statements[0].count("JOIN")
        print("statements:", len(statements), "joins:", joins)
    engine.dispose()


if __name__ == "__main__":
    main()
