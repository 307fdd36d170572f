"""The claims of docs/worlds.md: the shop, its rows and rules, and the price desk."""

import asyncio
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from types import ModuleType, SimpleNamespace

import pytest
from aiohttp import ClientSession
from sqlalchemy import create_engine, delete, event, select, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from proving.layout import DOCS

PAGE = (DOCS / "worlds.md").read_text("utf-8")
Load = Callable[[str], ModuleType]


@pytest.fixture
def shop(load: Load, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The shop's classes and rows, in a database that checks foreign keys."""
    tables, rows = load("worlds/shop/tables.py"), load("worlds/shop/rows.py")
    monkeypatch.setitem(sys.modules, "tables", tables)
    monkeypatch.setitem(sys.modules, "rows", rows)
    main = load("worlds/shop/main.py")
    engine = create_engine("sqlite://")
    event.listen(
        engine, "connect", lambda db, _: db.execute("PRAGMA foreign_keys = ON")
    )
    main.create_shop(engine, main.START)
    with Session(engine) as session:
        yield SimpleNamespace(
            **vars(tables),
            tables=tables.Base.metadata.tables,
            rows=rows.all_rows(main.START),
            all_rows=rows.all_rows,
            session=session,
        )
    engine.dispose()


# The page's tables against the program


def test_the_page_lists_the_tables_as_they_are(shop):
    """Table, class and columns, with `?` where empty and an arrow to the key."""
    mappers = shop.Base.registry.mappers
    classes = {m.local_table.name: f" `{m.class_.__name__}`" for m in mappers}
    lines = [
        line for line in PAGE.splitlines() if re.match(r"\| `\w+` \| (`|\|)", line)
    ]
    starts = []
    for name, table in shop.tables.items():
        columns = []
        for column in table.columns:
            text = f"`{column.name}{'?' if column.nullable else ''}`"
            targets = [f"`{key.column.table.name}`" for key in column.foreign_keys]
            columns.append(" → ".join([text, *targets]))
        starts.append(f"| `{name}` |{classes.get(name, '')} | {', '.join(columns)} |")
    for start in starts:
        assert [line for line in lines if line.startswith(start)], start
    assert len(starts) == 14
    assert shop.rows.keys() == shop.tables.keys()


def test_the_page_lists_the_rows_as_they_are(shop):
    """Each table below a heading with its name holds the rows of the program."""
    sections = re.findall(r"^#### `(\w+)`\n\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert len(sections) == PAGE.count("\n#### ") > 0
    for name, text in sections:
        lines = [line.strip("|").split("|") for line in text.splitlines()]
        head, _, *cells = [[cell.strip() for cell in line] for line in lines]
        columns = shop.tables[name].columns.keys()
        shown = [columns.index(h.strip("`")) for h in head if h.startswith("`")]
        rows = [[as_shown(row[n]) for n in shown] for row in shop.rows[name]]
        assert [line[: len(shown)] for line in cells] == rows, name


def as_shown(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return "–" if value is None else str(value)


# The rows


def test_the_customers_play_their_parts(shop):
    """Orders, addresses, wallet, phone and reviews are as the page says."""
    parts = {
        person.name: (
            [order.status for order in person.orders],
            len(person.addresses),
            person.wallet and person.wallet.balance_cents,
            person.phone is not None,
            len(person.reviews),
        )
        for person in shop.session.scalars(select(shop.Customer))
    }
    assert parts == {
        "Amara Osei": (["sent", "open"], 0, 10_000, True, 2),
        "Bilal Khan": (["paid"], 0, 2_500, True, 2),
        "Chloé Martin": ([], 1, 0, True, 0),
        "Diego O'Neill": (["cancelled"], 0, None, True, 0),
        "Emi Sato": ([], 0, None, False, 0),
    }


def test_the_books_play_their_parts(shop):
    """Authors, category, stock, price and reviews are as the page says."""
    books = {b.title: b for b in shop.session.scalars(select(shop.Book))}
    authors = {t: [a.author.name for a in b.author_links] for t, b in books.items()}
    assert [t for t, names in authors.items() if not names] == ["A Short Silence"]
    assert [t for t, names in authors.items() if len(names) > 1] == ["Salt Roads"]
    assert authors["Salt Roads"] == ["Ines Moreau", "Teo Brandt"]
    homeless = [t for t, b in books.items() if b.category is None]
    assert homeless == ["A Short Silence"]
    assert books["Salt Roads"].category.parent.slug == "fiction"
    assert [t for t, b in books.items() if b.stock == 0] == ["100% Bread"]
    assert [t for t, b in books.items() if b.stock == 1] == ["Night Trains"]
    assert not books["Night Trains"].reviews
    dearest = max(books.values(), key=lambda b: b.price_cents)
    assert dearest.title == "Field Guide to Clouds"
    assert not [t for t, b in books.items() if b.description]


def test_the_orders_come_to_these_sums(shop):
    """Each line has its book's price; the sums are those of the page."""
    orders = shop.session.scalars(select(shop.Order)).all()
    sums = {o.id: sum(n.quantity * n.unit_price_cents for n in o.lines) for o in orders}
    assert sums == {1: 6250, 2: 2750, 3: 2997, 4: 1500}
    assert sum(sums[o.id] for o in orders if o.status != "cancelled") == 11_997
    assert "not cancelled come to 11997 cents" in PAGE
    for number, cents in sums.items():
        assert re.search(rf"^\| {number} \| .* UTC \| {cents} \|$", PAGE, re.MULTILINE)
    lines = [line for order in orders for line in order.lines]
    assert {line.unit_price_cents == line.book.price_cents for line in lines} == {True}


def test_the_wallets_hold_12500_cents(shop):
    """And the entries of each add up to its balance."""
    wallets = shop.session.scalars(select(shop.Wallet)).all()
    assert sum(wallet.balance_cents for wallet in wallets) == 12_500
    assert "All wallets together hold 12500 cents" in PAGE
    for wallet in wallets:
        entries = sum(entry.amount_cents for entry in wallet.entries)
        assert entries == wallet.balance_cents


def test_bilal_reviewed_what_he_did_not_order(shop):
    """His two reviews are the only ones without an order of the reviewer."""
    customers = {number: customer for number, customer, *_ in shop.rows["orders"]}
    bought = {(customers[o], book) for o, book, *_ in shop.rows["order_lines"]}
    reviewed = {(who, book) for _, book, who, *_ in shop.rows["reviews"]}
    assert reviewed - bought == {(2, 1), (2, 2)}


def test_daily_sales_cover_14_days_and_hold_the_orders(shop):
    """Each day has a sale, each sale its price, each kept order its copies."""
    sales = {(day, book): rest for day, book, *rest in shop.rows["daily_sales"]}
    days = [date(2026, 1, 5) + timedelta(n) for n in range(14)]
    assert sorted({day for day, _ in sales}) == days
    sold = Counter()
    for (_, book), (copies, cents) in sales.items():
        assert cents == copies * shop.session.get_one(shop.Book, book).price_cents
        assert copies > 0
        sold[book] += copies
    (favourite, most), (_, second) = sold.most_common(2)
    assert favourite == 1 and most > second
    assert 6 not in sold
    for line in shop.session.scalars(select(shop.OrderLine)):
        if line.order.status != "cancelled":
            copies, _ = sales[line.order.placed_at.date(), line.book_id]
            assert copies >= line.quantity


def test_the_clock_is_passed_in(shop):
    """Another start moves every time; the page's start is the shop's."""
    start = datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert shop.all_rows(start) == shop.rows
    later = shop.all_rows(start + timedelta(days=100))
    assert later["orders"][0][-1] - shop.rows["orders"][0][-1] == timedelta(days=100)
    assert later["daily_sales"][0][0] == date(2026, 4, 15)


# The rules


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("categories", {"slug": "sea"}),
        ("categories", {"parent_id": 99}),
        ("books", {"isbn": "9780000000019"}),
        ("books", {"price_cents": 0}),
        ("books", {"stock": -1}),
        ("books", {"category_id": 99}),
        ("book_authors", {"book_id": 1, "author_id": 1}),
        ("tags", {"name": "gift"}),
        ("book_tags", {"book_id": 1, "tag_id": 1}),
        ("customers", {"email": "emi@example.com"}),
        ("addresses", {"customer_id": 99}),
        ("orders", {"status": "lost"}),
        ("order_lines", {"quantity": 0}),
        ("order_lines", {"order_id": 1, "book_id": 1}),
        ("reviews", {"rating": 0}),
        ("reviews", {"rating": 6}),
        ("reviews", {"customer_id": 1, "book_id": 1}),
        ("wallets", {"balance_cents": -1}),
        ("wallets", {"customer_id": 1}),
        ("wallet_entries", {"wallet_id": 99}),
        ("daily_sales", {"day": date(2026, 1, 5), "book_id": 1}),
    ],
)
def test_the_database_keeps_the_rule(shop, table, values):
    """Rows that break a rule of the page are refused."""
    with pytest.raises(IntegrityError):
        shop.session.execute(update(shop.tables[table]).values(values))


@pytest.mark.parametrize("by_orm", [True, False])
def test_addresses_go_with_their_customer(shop, by_orm):
    """Also when the database does it, without the ORM."""
    shop.session.execute(update(shop.tables["addresses"]).values(customer_id=5))
    if by_orm:
        shop.session.delete(shop.session.get_one(shop.Customer, 5))
    else:
        customers = shop.tables["customers"]
        shop.session.execute(delete(customers).where(customers.c.id == 5))
    assert not shop.session.scalars(select(shop.Address)).all()


@pytest.mark.parametrize("number", [1, 3])
def test_a_customer_with_more_than_addresses_stays(shop, number):
    """Amara has orders, Chloé only an address and a wallet."""
    shop.session.delete(shop.session.get_one(shop.Customer, number))
    with pytest.raises(IntegrityError):
        shop.session.flush()


def test_times_are_aware_utc(shop):
    """They come back with the zone they went in with; without one they are refused."""
    order = shop.session.get_one(shop.Order, 1)
    assert order.placed_at == datetime(2026, 1, 6, 9, tzinfo=UTC)
    assert order.placed_at.tzinfo is UTC
    order.placed_at = datetime(2026, 1, 6, 9)
    with pytest.raises(StatementError, match="has no time zone"):
        shop.session.flush()


# The price desk


async def read(session: ClientSession, path: str) -> tuple[int, str]:
    async with session.get(path) as response:
        return response.status, await response.text()


def answers(load: Load, *paths: str) -> list[tuple[int, str]]:
    """Status and text of one request after the other."""

    async def ask() -> list[tuple[int, str]]:
        service = load("worlds/price_desk/service.py")
        async with service.open_desk() as url, ClientSession(url) as session:
            return [await read(session, path) for path in paths]

    return asyncio.run(ask())


def test_the_routes_answer(load):
    """As the page says, also what they refuse."""
    expected = {
        "/price/west/9780000000064": (404, "west has no 9780000000064"),
        "/price/north/1": (404, "north has no 1"),
        "/slow?ms=1": (200, "waited 1 ms"),
        "/slow": (400, "give ms= a whole number"),
        "/flaky?fail=two": (400, "give fail= a whole number"),
        "/status/200": (200, "as you wish: 200"),
        "/status/599": (599, "as you wish: 599"),
        "/status/600": (404, "404: Not Found"),
    }
    found = answers(load, *expected)
    assert dict(zip(expected, found, strict=True)) == expected


def test_a_supplier_asks_its_price(load, shop):
    """The price in the shop, 50 less or 75 more, for each book of the shop."""
    prices = [
        {"supplier": name, "isbn": isbn, "price_cents": cents + extra}
        for _, isbn, _, _, cents, *_ in shop.rows["books"]
        for name, extra in (("north", 0), ("south", -50), ("east", 75))
    ]
    paths = [f"/price/{price['supplier']}/{price['isbn']}" for price in prices]
    assert [json.loads(text) for _, text in answers(load, *paths)] == prices


def test_flaky_fails_the_first_n_calls_and_the_stats_count(load):
    """One after the other has a peak of 1; a failure counts, /stats does not."""
    paths = ["/stats", *["/flaky?fail=2"] * 4, "/slow?ms=1", "/stats"]
    first, *calls, last = answers(load, *paths)
    assert [status for status, _ in calls] == [503, 503, 200, 200, 200]
    assert first == (200, '{"requests": 0, "peak": 0}')
    assert last == (200, '{"requests": 5, "peak": 1}')


def test_the_peak_counts_what_is_in_flight(load):
    """Three requests that wait for each other have a peak of 3."""
    service, waits = load("worlds/price_desk/service.py"), []

    async def main() -> tuple[int, str]:
        together = asyncio.Barrier(3)

        async def sleep(seconds: float) -> None:
            waits.append(seconds)
            await together.wait()

        service.asyncio = SimpleNamespace(sleep=sleep)
        async with service.open_desk() as url, ClientSession(url) as session:
            async with asyncio.timeout(5), asyncio.TaskGroup() as group:
                for _ in range(3):
                    group.create_task(read(session, "/slow?ms=20"))
            return await read(session, "/stats")

    assert asyncio.run(main()) == (200, '{"requests": 3, "peak": 3}')
    assert waits == [0.02] * 3


def test_the_last_copy_is_sold_once(load):
    """The counter never goes below zero."""
    stock = load("worlds/price_desk/stock.py").StockCounter(left=1)
    assert [stock.sell(2), stock.sell(1), stock.sell(1)] == [False, True, False]
    assert (stock.left, stock.sold) == (0, 1)


def test_the_processor_has_work(load, shop):
    """Primes are counted; an ISBN has one right check digit, the shop's have it."""
    work = load("worlds/price_desk/work.py")
    assert [work.count_primes(n) for n in (2, 3, 12, 100)] == [0, 1, 5, 25]
    for isbn in shop.session.scalars(select(shop.Book.isbn)):
        assert work.isbn_search(isbn[:12]) == [isbn]
