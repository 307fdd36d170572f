from sqlalchemy import (
    ForeignKey,
    Select,
    String,
    create_engine,
    event,
    select,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    lazyload,
    mapped_column,
    relationship,
)


class Base(DeclarativeBase):
    type_annotation_map = {str: String(200)}


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[list["Order"]] = relationship(lazy="selectin")
    reviews: Mapped[list["Review"]] = relationship(lazy="selectin")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id))


class Review(Base):
    __tablename__ = "reviews"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id))


def main() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    amara = Customer(name="Amara Osei")
    amara.orders = [Order(), Order()]
    amara.reviews = [Review(), Review()]
    with Session(engine) as session:
        session.add(amara)
        session.commit()

    statements: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def record(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    def count(query: Select) -> int:
        statements.clear()
        with Session(engine) as session:
            session.scalars(query).all()
        return len(statements)

    print("eager by mapping:", count(select(Customer)))
    off = select(Customer).options(lazyload("*"))
    print("switched off:", count(off))
    print("names only:", count(select(Customer.name)))
    engine.dispose()


if __name__ == "__main__":
    main()
