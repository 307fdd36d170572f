from collections.abc import Iterable

from sqlalchemy import ForeignKey, String, create_engine, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
    raiseload,
    relationship,
    selectinload,
)


class Base(DeclarativeBase):
    type_annotation_map = {str: String(200)}


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[list["Order"]] = relationship(order_by="Order.id")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id))
    status: Mapped[str]


def print_orders(customers: Iterable[Customer]) -> None:
    for customer in customers:
        print(customer.name, [order.id for order in customer.orders])


def main() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        amara = Customer(name="Amara Osei")
        amara.orders = [Order(status="sent"), Order(status="open")]
        session.add(amara)
        session.commit()

    query = select(Customer)
    strict = query.options(raiseload(Customer.orders))
    eager = query.options(selectinload(Customer.orders), raiseload("*"))
    with Session(engine) as session:
        try:
            print_orders(session.scalars(strict))
        except InvalidRequestError as error:
            print(f"{type(error).__name__}: {error}")
    with Session(engine) as session:
        print_orders(session.scalars(eager))
    engine.dispose()


if __name__ == "__main__":
    main()
