from sqlalchemy import ForeignKey, String, create_engine, event, select
from sqlalchemy.exc import InvalidRequestError
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
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    addresses: Mapped[list["Address"]] = relationship()


class Address(Base):
    __tablename__ = "addresses"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id))
    city: Mapped[str]


def main() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(
            Customer(
                email=f"customer{number:03}@example.com",
                name=f"Customer {number:03}",
                addresses=[Address(city="Porto")],
            )
            for number in range(1, 101)
        )
        session.commit()

    statements: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def record(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    query = select(Customer).order_by(Customer.id)
    query = query.options(joinedload(Customer.addresses))
    with Session(engine) as session:
        try:
            session.scalars(query).all()
        except InvalidRequestError as error:
            print(error)

    statements.clear()
    with Session(engine) as session:
        customers = session.scalars(query).unique().all()
        cities = [c.addresses[0].city for c in customers]
        print("cities:", len(cities))
        print("statements:", len(statements))
    engine.dispose()


if __name__ == "__main__":
    main()
