from sqlalchemy import ForeignKey, String, create_engine, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    contains_eager,
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
    orders: Mapped[list["Order"]] = relationship(order_by="Order.id")


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
        bilal = Customer(name="Bilal Khan")
        bilal.orders = [Order(status="paid")]
        session.add_all([amara, bilal])
        session.commit()

    is_open = Order.status == "open"
    filtered = select(Customer).join(Customer.orders).where(is_open)
    filtered = filtered.options(contains_eager(Customer.orders))
    with Session(engine) as session:
        amara = session.scalars(filtered).unique().one()
        print("filtered:", [o.status for o in amara.orders])
        again = session.get_one(Customer, amara.id)
        print("a later reader:", [o.status for o in again.orders])

    complete = select(Customer).where(Customer.orders.any(is_open))
    complete = complete.options(selectinload(Customer.orders))
    with Session(engine) as session:
        amara = session.scalars(complete).one()
        print("complete:", [o.status for o in amara.orders])
    engine.dispose()


if __name__ == "__main__":
    main()
