from sqlalchemy import (
    Engine,
    ForeignKey,
    String,
    create_engine,
    event,
    insert,
    select,
)
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
    addresses: Mapped[list["Address"]] = relationship()
    orders: Mapped[list["Order"]] = relationship()


class Address(Base):
    __tablename__ = "addresses"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id))


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id))


def count_statements(engine: Engine, customers: int) -> int:
    statements: list[str] = []

    def record(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    query = select(Customer).where(Customer.id <= customers)
    query = query.options(
        selectinload(Customer.addresses), selectinload(Customer.orders)
    )
    event.listen(engine, "before_cursor_execute", record)
    with Session(engine) as session:
        session.scalars(query).all()
    event.remove(engine, "before_cursor_execute", record)
    return len(statements)


def main() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    rows = [
        {"id": n, "name": f"Customer {n:03}"} for n in range(1, 1201)
    ]
    with Session(engine) as session:
        session.execute(insert(Customer), rows)
        session.commit()
    for customers in (1, 100, 500, 501, 1200):
        count = count_statements(engine, customers)
        print(f"customers: {customers:4}, statements: {count}")
    engine.dispose()


if __name__ == "__main__":
    main()
