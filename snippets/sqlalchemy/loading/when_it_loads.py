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

    statements: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def record(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    with Session(engine) as session:
        query = select(Customer).order_by(Customer.id)
        amara, bilal = session.scalars(query)
        print("two customers loaded:", len(statements))
        print("Amara's orders:", [o.id for o in amara.orders])
        print("after the first touch:", len(statements))
        print("the same again:", [o.id for o in amara.orders])
        print("after the second touch:", len(statements))
        print("Bilal's orders:", [o.id for o in bilal.orders])
        print("after Bilal:", len(statements))
        print(statements[-1])
    engine.dispose()


if __name__ == "__main__":
    main()
