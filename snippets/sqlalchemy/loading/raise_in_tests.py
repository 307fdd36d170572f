from sqlalchemy import ForeignKey, String, create_engine, event, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
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


def orders_slowly(session: Session) -> dict[str, int]:
    customers = session.scalars(select(Customer))
    return {c.name: len(c.orders) for c in customers}


def orders_at_once(session: Session) -> dict[str, int]:
    query = select(Customer).options(selectinload(Customer.orders))
    return {c.name: len(c.orders) for c in session.scalars(query)}


def refuse_lazy_loads(state: ORMExecuteState) -> None:
    follow_up = state.is_relationship_load or state.is_column_load
    if state.is_select and not follow_up:
        state.statement = state.statement.options(raiseload("*"))


def main() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        amara = Customer(name="Amara Osei")
        amara.orders = [Order(status="sent"), Order(status="open")]
        session.add(amara)
        session.commit()

    for function in (orders_slowly, orders_at_once):
        with Session(engine) as session:
            event.listen(session, "do_orm_execute", refuse_lazy_loads)
            try:
                print(function.__name__, function(session))
            except InvalidRequestError as error:
                print(function.__name__, "failed:", error)
    engine.dispose()


if __name__ == "__main__":
    main()
