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


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[list["Order"]] = relationship(order_by="Order.id")
    reviews: Mapped[list["Review"]] = relationship(order_by="Review.id")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id))


class Review(Base):
    __tablename__ = "reviews"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id))
    rating: Mapped[int]


def main() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    amara = Customer(name="Amara Osei")
    amara.orders = [Order(), Order()]
    amara.reviews = [Review(rating=5), Review(rating=4)]
    chloe = Customer(id=3, name="Chloé Martin")
    with Session(engine) as session:
        session.add_all([amara, chloe])
        session.commit()

    statements: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def record(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    query = select(Customer).order_by(Customer.id)
    one = query.options(joinedload(Customer.orders))
    both = one.options(joinedload(Customer.reviews))
    with Session(engine) as session:
        for query in (one, both):
            found = session.scalars(query).unique().all()
            rows = session.connection().exec_driver_sql(statements[-1])
            print("customers:", [customer.name for customer in found])
            print(*rows.keys())
            for row in rows.all():
                print(*row)
    engine.dispose()


if __name__ == "__main__":
    main()
