from sqlalchemy import ForeignKey, String, create_engine, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
    relationship,
    selectinload,
)


class Base(DeclarativeBase):
    type_annotation_map = {str: String(200)}


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[list["Order"]] = relationship(lazy="raise")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id))
    status: Mapped[str]


def main() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        amara = Customer(name="Amara Osei")
        amara.orders = [Order(status="sent"), Order(status="open")]
        session.add(amara)
        session.commit()

    with Session(engine) as session:
        amara = session.get_one(Customer, 1)
        try:
            print(len(amara.orders))
        except InvalidRequestError as error:
            print(f"{type(error).__name__}: {error}")

        own = select(Order).where(Order.customer_id == amara.id)
        found = session.scalars(own.order_by(Order.id))
        print("asked for:", [order.status for order in found])

    with Session(engine) as session:
        query = select(Customer).options(selectinload(Customer.orders))
        amara = session.scalars(query).one()
        print("loaded with her:", len(amara.orders))
    engine.dispose()


if __name__ == "__main__":
    main()
