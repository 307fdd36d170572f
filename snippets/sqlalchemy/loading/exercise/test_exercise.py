import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session

from exercise import (
    Base,
    Book,
    Category,
    Customer,
    Order,
    OrderLine,
    report,
)

SHELVES = ["fiction", "sea", "nature", "food"]
BOOKS = {
    "The Tide Clock": ("sea", 1850),
    "Salt Roads": ("sea", 2200),
    "100% Bread": ("food", 1500),
    "snake_case Stories": ("fiction", 999),
    "Field Guide to Clouds": ("nature", 2750),
    "Night Trains": ("fiction", 1250),
    "L'Été indien": ("fiction", 1750),
    "A Short Silence": (None, 1100),
}
PEOPLE = 24
TITLES = list(BOOKS)


def basket(order_id: int) -> dict[str, int]:
    """Copies by title; order 30 was left empty."""
    if order_id == 30:
        return {}
    first, second = order_id % 8, (order_id + 3) % 8
    chosen = sorted([first, second])
    return {TITLES[i]: 1 + order_id % 3 for i in chosen}


def name_of(order_id: int) -> str:
    return f"Customer {(order_id - 1) % PEOPLE + 1:03}"


def fill(session: Session, orders: int) -> None:
    shelves = {slug: Category(slug=slug) for slug in SHELVES}
    books = {
        title: Book(id=number, title=title, category=shelves.get(slug))
        for number, (title, (slug, _)) in enumerate(BOOKS.items(), 1)
    }
    people = [Customer(name=name_of(n)) for n in range(1, PEOPLE + 1)]
    session.add_all([*shelves.values(), *books.values(), *people])
    for number in range(1, orders + 1):
        order = Order(id=number, customer=people[(number - 1) % PEOPLE])
        for title, copies in basket(number).items():
            line = OrderLine(book=books[title], quantity=copies)
            line.unit_price_cents = BOOKS[title][1]
            order.lines.append(line)
        session.add(order)
    session.commit()


def expected(orders: int) -> list[str]:
    text = []
    for number in range(1, orders + 1):
        copies = basket(number)
        total = sum(BOOKS[t][1] * n for t, n in copies.items())
        text.append(f"Order {number}, {name_of(number)}: {total} c")
        for title, count in copies.items():
            shelf = BOOKS[title][0] or "no category"
            text.append(f"  {count} x {title} ({shelf})")
    return text


def run_report(orders: int) -> tuple[list[str], list[str]]:
    """The report of so many orders, and the statements it sent."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        fill(session, orders)
    statements: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def record(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    with Session(engine) as session:
        text = report(session)
    engine.dispose()
    return text, statements


@pytest.mark.parametrize("orders", [0, 1, 30, 200])
def test_the_text_is_the_same(orders):
    text, _ = run_report(orders)
    assert text == expected(orders)


def test_thirty_orders_cost_at_most_4_statements():
    _, statements = run_report(30)
    count = len(statements)
    assert count <= 4, f"30 orders cost {count} statements"


def test_more_orders_cost_no_more_statements():
    few, many = (len(run_report(orders)[1]) for orders in (30, 200))
    assert many == few, f"30 orders: {few}, 200 orders: {many}"
