"""The claims of docs/sqlalchemy/loading.md, "Choose how related rows are loaded"."""

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType

import pytest
from sqlalchemy import Engine, ForeignKey, create_engine, event, select
from sqlalchemy.exc import InvalidRequestError, SAWarning
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    contains_eager,
    defer,
    joinedload,
    mapped_column,
    raiseload,
    relationship,
    selectinload,
    subqueryload,
)
from sqlalchemy.orm.exc import DetachedInstanceError

LESSON = "sqlalchemy/loading"


class Base(DeclarativeBase):
    pass


class Category(Base):
    __tablename__ = "categories"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    description: Mapped[str | None]
    category_id: Mapped[int | None] = mapped_column(ForeignKey(Category.id))
    category: Mapped[Category | None] = relationship()


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
    lines: Mapped[list["OrderLine"]] = relationship()


class OrderLine(Base):
    __tablename__ = "order_lines"
    order_id: Mapped[int] = mapped_column(ForeignKey(Order.id), primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey(Book.id), primary_key=True)
    quantity: Mapped[int]


@contextmanager
def database(base: type[DeclarativeBase] = Base) -> Iterator[Engine]:
    """An empty database with the tables of ``base``."""
    engine = create_engine("sqlite://")
    base.metadata.create_all(engine)
    try:
        yield engine
    finally:
        engine.dispose()


@pytest.fixture
def engine() -> Iterator[Engine]:
    """Amara with an order that is sent and one that is open; Bilal with one paid."""
    with database() as engine, Session(engine) as session:
        amara = Customer(name="Amara Osei")
        amara.orders = [Order(status="sent"), Order(status="open")]
        bilal = Customer(name="Bilal Khan", orders=[Order(status="paid")])
        amara.orders[0].lines = [OrderLine(book_id=1, quantity=1)]
        session.add_all([Book(title="The Tide Clock"), amara, bilal])
        session.commit()
        yield engine


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that are sent inside the block."""
    statements: list[str] = []

    def record(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", record)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", record)


def test_a_loop_over_100_customers_sends_101_statements(output):
    lines = output(f"{LESSON}/n_plus_one").splitlines()
    assert lines == [
        "customers: 100",
        "statements: 1",
        "cities: 100",
        "statements: 101",
    ]


def test_the_counter_is_called_before_the_statement_is_sent(engine):
    def refuse(*args) -> None:
        raise InterruptedError

    event.listen(engine, "before_cursor_execute", refuse)
    with Session(engine) as session, pytest.raises(InterruptedError):
        session.scalars(select(Customer))
    event.remove(engine, "before_cursor_execute", refuse)


def test_only_the_first_touch_of_each_list_sends_a_statement(output):
    text = output(f"{LESSON}/when_it_loads")
    counts = [int(n) for n in re.findall(r"^(?:two|after).*: (\d)$", text, re.M)]
    assert counts == [1, 2, 2, 3]


@pytest.mark.parametrize("expire", ["expire_all", "commit"])
def test_an_expired_customer_costs_two_statements(engine, expire):
    """Try this: expire the session between two touches."""
    with Session(engine) as session:
        amara = session.get_one(Customer, 1)
        assert len(amara.orders) == 2
        getattr(session, expire)()
        with counted(engine) as statements:
            assert len(amara.orders) == 2
        assert ["FROM customers" in s for s in statements] == [True, False]


def test_selectinload_sends_two_statements_with_all_keys(output):
    text = output(f"{LESSON}/selectin_two")
    assert "cities: 100\nstatements: 2\n" in text
    assert "customer_id IN" in text
    assert text.endswith("keys in that list: 100\n")


def test_selectinload_needs_no_join_and_no_parent_columns(output):
    text = output(f"{LESSON}/selectin_two")
    assert "JOIN" not in text
    assert "customers." not in text


def test_one_statement_per_relationship_and_per_500_keys(output):
    text = output(f"{LESSON}/statements_per_relationship")
    found = re.findall(r"(\d+), statements: (\d+)", text)
    assert found == [
        ("1", "3"),
        ("100", "3"),
        ("500", "3"),
        ("501", "5"),
        ("1200", "7"),
    ]
    for customers, statements in found:
        chunks = -(-int(customers) // 500)
        assert int(statements) == 1 + 2 * chunks


def test_the_size_of_a_piece_can_be_chosen(engine):
    """Under the hood: the parameter ``chunksize``."""
    assert "chunksize" in inspect.signature(selectinload).parameters
    query = select(Customer).options(selectinload(Customer.orders, chunksize=1))
    with Session(engine) as session, counted(engine) as statements:
        session.scalars(query).all()
    assert len(statements) == 3


def test_chained_options_cost_one_statement_a_step(engine):
    lines = selectinload(Customer.orders).selectinload(Order.lines)
    with Session(engine) as session, counted(engine) as statements:
        amara = session.scalars(select(Customer).options(lines)).first()
        assert amara.orders[0].lines[0].quantity == 1
    assert len(statements) == 3


def test_subqueryload_contains_the_query_again(output):
    text = output(f"{LESSON}/subquery_two")
    assert "statements: 2\n" in text
    assert "FROM (SELECT books.id" in text
    assert "WHERE books.price_cents < ?) AS" in text


def test_subqueryload_repeats_a_limit_too(engine):
    query = select(Customer).limit(1).options(subqueryload(Customer.orders))
    with Session(engine) as session, counted(engine) as statements:
        session.scalars(query).all()
    assert ["LIMIT" in statement for statement in statements] == [True, True]


def test_joinedload_sends_one_statement_and_demands_unique(output):
    text = output(f"{LESSON}/joined_one")
    assert text.startswith("The unique() method must be invoked")
    assert text.endswith("cities: 100\nstatements: 1\n")


def test_a_join_repeats_the_parent_and_two_joins_multiply(output):
    one, both = output(f"{LESSON}/repeated_parents").split("customers:")[1:]
    assert one.count("1 Amara Osei") == 2
    assert both.count("1 Amara Osei") == 4


def test_an_outer_join_keeps_the_customer_without_children(output):
    assert output(f"{LESSON}/repeated_parents").count("3 Chloé Martin None") == 2


def test_fifty_orders_and_fifty_reviews_make_2500_rows(load):
    shop = load(f"{LESSON}/repeated_parents")
    amara = shop.Customer(name="Amara Osei")
    amara.orders = [shop.Order() for _ in range(50)]
    amara.reviews = [shop.Review(rating=5) for _ in range(50)]
    both = (joinedload(shop.Customer.orders), joinedload(shop.Customer.reviews))
    with database(shop.Base) as engine, Session(engine) as session:
        session.add(amara)
        session.commit()
        with counted(engine) as statements:
            query = select(shop.Customer).options(*both)
            assert len(session.scalars(query).unique().all()) == 1
        rows = session.connection().exec_driver_sql(statements[-1]).all()
    assert len(rows) == 2500


def test_three_books_stay_three_with_joinedload_but_not_by_hand(output):
    lines = output(f"{LESSON}/joined_with_limit").splitlines()
    assert lines[0] == "by hand: ['Salt Roads', 'The Tide Clock']"
    assert lines[1:4] == ["The Tide Clock [5, 4]", "Salt Roads [3]", "100% Bread []"]


def test_the_limited_query_becomes_a_subquery(output):
    text = output(f"{LESSON}/joined_with_limit")
    assert re.search(r"FROM \(SELECT .*LIMIT \? OFFSET \?\) AS", text, re.S)
    assert text.index("LIMIT") < text.index("JOIN")


def test_a_limit_with_a_joined_single_object_needs_neither_subquery_nor_unique(engine):
    """Try this: a limit and the category instead of the reviews."""
    query = select(Book).limit(3).options(joinedload(Book.category))
    with Session(engine) as session, counted(engine) as statements:
        assert len(session.scalars(query).all()) == 1
    assert statements[0].count("SELECT") == 1
    assert statements[0].index("JOIN") < statements[0].index("LIMIT")


def test_five_books_of_one_category_cost_two_statements(output):
    text = output(f"{LESSON}/many_to_one_is_cheap")
    assert text.count("fiction |") == 5
    assert "statements: 2\n" in text


@pytest.mark.parametrize(("options", "cost"), [([], 6), ([joinedload], 1)])
def test_five_books_in_five_categories_cost_six_statements_or_one(options, cost):
    """Try this: five books in five categories."""
    slugs = ["fiction", "sea", "non-fiction", "nature", "food"]
    with database() as engine, Session(engine) as session:
        for slug in slugs:
            session.add(Book(title=slug, category=Category(slug=slug)))
        session.commit()
        session.expunge_all()
        query = select(Book).options(*[option(Book.category) for option in options])
        with counted(engine) as statements:
            books = session.scalars(query).all()
            assert [book.category.slug for book in books] == slugs
    assert len(statements) == cost


def test_contains_eager_uses_the_join_that_is_there(output):
    text = output(f"{LESSON}/reuse_the_join")
    same = "[('The Tide Clock', 'sea'), ('Salt Roads', 'sea')]"
    assert text == (
        f"joinedload {same}\nstatements: 1 joins: 2\n"
        f"contains_eager {same}\nstatements: 1 joins: 1\n"
    )


def test_a_filter_does_not_see_what_joinedload_joins(engine):
    query = select(Customer).options(joinedload(Customer.orders))
    query = query.where(Order.status == "open")
    with Session(engine) as session, pytest.warns(SAWarning, match="cartesian product"):
        names = [c.name for c in session.scalars(query).unique()]
    assert names == ["Amara Osei", "Bilal Khan"]  # Bilal has no open order


def test_raiseload_turns_the_touch_into_an_error(output):
    first, second = output(f"{LESSON}/raise_instead").splitlines()
    assert first.startswith("InvalidRequestError: 'Customer.orders'")
    assert second == "Amara Osei [1, 2]"


def test_the_wildcard_means_what_the_query_does_not_name(engine):
    named = selectinload(Customer.orders)
    with Session(engine) as session:
        query = select(Customer).options(named, raiseload("*"))
        amara = session.scalars(query).first()
        assert len(amara.orders) == 2
        with pytest.raises(InvalidRequestError):
            _ = amara.orders[0].lines


def test_raise_in_the_class_leaves_two_ways_to_the_orders(output):
    text = output(f"{LESSON}/raise_by_default")
    assert text.startswith("InvalidRequestError: 'Customer.orders'")
    assert "asked for: ['sent', 'open']\nloaded with her: 2\n" in text


def test_raise_on_sql_allows_what_the_session_already_holds():
    class StrictBase(DeclarativeBase):
        pass

    class Shelf(StrictBase):
        __tablename__ = "categories"
        id: Mapped[int] = mapped_column(primary_key=True)
        slug: Mapped[str]

    class Shelved(StrictBase):
        __tablename__ = "books"
        id: Mapped[int] = mapped_column(primary_key=True)
        category_id: Mapped[int | None] = mapped_column(ForeignKey(Shelf.id))
        category: Mapped[Shelf | None] = relationship(Shelf, lazy="raise_on_sql")

    with database(StrictBase) as engine:
        with Session(engine) as session:
            session.add(Shelved(category=Shelf(slug="sea")))
            session.commit()
        with Session(engine) as session:
            book = session.get_one(Shelved, 1)
            with pytest.raises(InvalidRequestError):
                _ = book.category
            sea = session.get_one(Shelf, 1)
            assert book.category is sea


def test_the_session_event_fails_the_slow_function_only(output):
    slow, fast = output(f"{LESSON}/raise_in_tests").splitlines()
    assert slow.startswith("orders_slowly failed: 'Customer.orders'")
    assert fast == "orders_at_once {'Amara Osei': 2}"


def test_follow_up_statements_come_from_loaders(engine):
    """``is_relationship_load`` and ``is_column_load`` tell them from a query."""
    seen: list[bool] = []
    with Session(engine) as session:

        def note(state) -> None:
            seen.append(state.is_relationship_load or state.is_column_load)

        event.listen(session, "do_orm_execute", note)
        query = select(Customer).options(selectinload(Customer.orders))
        amara = session.scalars(query).first()
        session.expire(amara)
        assert amara.name == "Amara Osei"
        assert len(amara.orders) == 2
    assert seen == [False, True, True, True]


def test_without_the_event_both_functions_agree(load):
    shop = load(f"{LESSON}/raise_in_tests")
    with database(shop.Base) as engine, Session(engine) as session:
        session.add(shop.Customer(name="Amara Osei", orders=[]))
        session.flush()
        assert shop.orders_slowly(session) == shop.orders_at_once(session)


def test_left_out_columns_are_loaded_row_by_row(output):
    text = output(f"{LESSON}/columns_you_need")
    selects = re.findall("SELECT (.*)", text)
    assert selects == [
        "books.id, books.title",
        "books.id, books.title, books.price_cents",
    ]
    assert re.findall(r"statements: (\d)", text) == ["3", "3"]


def test_defer_with_raiseload_is_an_error(engine):
    query = select(Book).options(defer(Book.description, raiseload=True))
    with Session(engine) as session:
        book = session.scalars(query).one()
        with pytest.raises(InvalidRequestError):
            _ = book.description


def test_selected_columns_come_as_rows(engine):
    with Session(engine) as session, counted(engine) as statements:
        row = session.execute(select(Book.id, Book.title)).one()
        assert row._mapping == {"id": 1, "title": "The Tide Clock"}
        assert not hasattr(row, "category")
    assert len(statements) == 1


def test_repr_template_and_serialiser_each_send_a_statement_per_row(output):
    assert output(f"{LESSON}/hidden_loads").splitlines() == [
        "repr -> 4 statements",
        "format -> 4 statements",
        "as_json -> 4 statements",
    ]


def test_a_touch_after_the_session_is_an_error(engine):
    with Session(engine) as session:
        amara = session.get_one(Customer, 1)
    with pytest.raises(DetachedInstanceError):
        _ = amara.orders


def test_contains_eager_after_a_filter_shows_an_incomplete_list(output):
    assert output(f"{LESSON}/partial_collection").splitlines() == [
        "filtered: ['open']",
        "a later reader: ['open']",
        "complete: ['sent', 'open']",
    ]


def test_any_is_exists(engine):
    query = select(Customer).where(Customer.orders.any(Order.status == "open"))
    with Session(engine) as session, counted(engine) as statements:
        assert [c.name for c in session.scalars(query)] == ["Amara Osei"]
    assert "EXISTS" in statements[0]


@pytest.mark.parametrize(("overwrite", "orders"), [(False, 2), (True, 1)])
def test_a_complete_list_stays_unless_told_to_overwrite(engine, overwrite, orders):
    """The warning: the list depends on what came first."""
    query = select(Customer).join(Customer.orders).where(Order.status == "open")
    query = query.options(contains_eager(Customer.orders))
    query = query.execution_options(populate_existing=overwrite)
    with Session(engine) as session:
        amara = session.get_one(Customer, 1)
        assert len(amara.orders) == 2
        assert session.scalars(query).unique().one() is amara
        assert len(amara.orders) == orders


def test_eager_in_the_mapping_makes_every_query_pay(output):
    assert output(f"{LESSON}/eager_everywhere").splitlines() == [
        "eager by mapping: 3",
        "switched off: 1",
        "names only: 1",
    ]


@pytest.fixture
def checker(load, monkeypatch) -> Callable[[ModuleType], ModuleType]:
    """The exercise's tests, importing this module as ``exercise``."""

    def tests_of(module: ModuleType) -> ModuleType:
        monkeypatch.setitem(sys.modules, "exercise", module)
        return load(f"{LESSON}/exercise/test_exercise")

    return tests_of


def test_the_starter_sends_67_statements_as_the_page_lists_them(load, checker):
    tests = checker(load(f"{LESSON}/exercise/starter"))
    text, statements = tests.run_report(30)
    assert text == tests.expected(30)
    tables = [re.search(r"FROM (\w+)", statement)[1] for statement in statements]
    counts = {table: tables.count(table) for table in tables}
    assert counts == {
        "orders": 1,
        "order_lines": 30,
        "customers": 24,
        "books": 8,
        "categories": 4,
    }


def test_the_solution_sends_two(load, checker):
    tests = checker(load(f"{LESSON}/exercise/solution"))
    _, statements = tests.run_report(30)
    assert len(statements) == 2


def test_selectinload_for_all_four_is_one_too_many(load, checker, monkeypatch):
    """Hint 2."""
    shop = load(f"{LESSON}/exercise/starter")
    lines = selectinload(shop.Order.lines).selectinload(shop.OrderLine.book)
    options = [
        selectinload(shop.Order.customer),
        lines.selectinload(shop.Book.category),
    ]
    monkeypatch.setattr(shop, "select", lambda entity: select(entity).options(*options))
    tests = checker(shop)
    text, statements = tests.run_report(30)
    assert text == tests.expected(30)
    assert len(statements) == 5
