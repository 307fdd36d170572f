"""Build Lantern Books in memory, then count its money."""

from datetime import UTC, datetime
from textwrap import fill

from rows import all_rows
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import Session
from tables import Base, Customer, DailySale, Order, OrderLine, Wallet

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def create_shop(engine: Engine, start: datetime) -> None:
    Base.metadata.create_all(engine)
    rows = all_rows(start)
    with engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            names = table.columns.keys()
            connection.execute(
                table.insert(),
                [
                    dict(zip(names, values, strict=True))
                    for values in rows[table.name]
                ],
            )


def print_tables() -> None:
    for table in Base.metadata.sorted_tables:
        names = [
            f"{column.name}?" if column.nullable else column.name
            for column in table.columns
        ]
        line = f"{table.name}: {', '.join(names)}"
        print(fill(line, width=72, subsequent_indent="    "))


def print_money(session: Session) -> None:
    total = func.sum(OrderLine.quantity * OrderLine.unit_price_cents)
    orders = (
        select(Order.id, Customer.name, Order.status, total)
        .join(Order.customer)
        .join(Order.lines)
        .group_by(Order.id, Customer.name, Order.status)
        .order_by(Order.id)
    )
    for number, name, status, cents in session.execute(orders):
        print(f"order {number}: {name}, {status}, {cents} cents")

    kept = select(total).join(OrderLine.order)
    kept = kept.where(Order.status != "cancelled")
    print("not cancelled:", session.scalar(kept))

    for wallet in session.scalars(select(Wallet).order_by(Wallet.id)):
        entries = sum(entry.amount_cents for entry in wallet.entries)
        print(f"wallet of {wallet.customer.name}:", end=" ")
        print(f"{wallet.balance_cents}, entries {entries}")
    balances = select(func.sum(Wallet.balance_cents))
    print("all wallets:", session.scalar(balances))

    days = func.count(DailySale.day.distinct())
    sales = select(days, func.sum(DailySale.revenue_cents))
    print("days, revenue:", *session.execute(sales).one())


def main() -> None:
    engine = create_engine("sqlite://")
    create_shop(engine, START)
    print_tables()
    print()
    with Session(engine) as session:
        print_money(session)
    engine.dispose()


if __name__ == "__main__":
    main()
