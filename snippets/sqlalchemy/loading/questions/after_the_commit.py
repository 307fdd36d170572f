from sqlalchemy import String, create_engine, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
)


class Base(DeclarativeBase):
    type_annotation_map = {str: String(200)}


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]


def main() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Book(title="Salt Roads"))
        session.commit()
    with Session(engine) as session:
        book = session.scalars(select(Book)).one()
        title = book.title
        session.commit()
        print(title)
        print(book.title)
    engine.dispose()


if __name__ == "__main__":
    main()
