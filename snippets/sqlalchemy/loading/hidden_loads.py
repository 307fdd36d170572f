import json

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
    orders: Mapped[list["Order"]] = relationship()

    def __repr__(self) -> str:
        return f"<{self.name}: {len(self.orders)} orders>"


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id))


def as_json(customer: Customer) -> str:
    return json.dumps({"orders": [o.id for o in customer.orders]})


NAMES = ["Amara Osei", "Bilal Khan", "Chloé Martin"]


def main() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(Customer(name=name) for name in NAMES)
        session.commit()

    statements: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def record(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    template = "{0.name} has these orders: {0.orders}"
    for show in (repr, template.format, as_json):
        statements.clear()
        with Session(engine) as session:
            for customer in session.scalars(select(Customer)):
                show(customer)
        print(show.__name__, "->", len(statements), "statements")
    engine.dispose()


if __name__ == "__main__":
    main()
