import sqlite3
from contextlib import suppress
from datetime import date

import pytest

from exercise import (
    add_account,
    add_category,
    add_entry,
    balances,
    correct_entry,
    delete_entry,
    import_csv,
    month_totals,
    open_book,
    remove_category,
)

THREE_MONTHS = """\
day,account,category,cents,note
2026-01-01,current,salary,240000,
2026-01-03,current,rent,85000,
2026-01-09,current,food,12350,"market, two bags"
2026-02-01,current,salary,240000,
2026-02-03,current,rent,85000,
2026-02-14,savings,gifts,5000,from Zoé
2026-02-20,current,food,9875,
2026-03-01,current,salary,240000,
2026-03-03,current,rent,85000,
2026-03-12,current,food,8025,
2026-03-28,current,food,6000,
""".splitlines()
BALANCES = {"current": 428750, "empty": 0, "savings": 5000}
TOTALS = [
    ("2026-01", "food", -12350),
    ("2026-01", "rent", -85000),
    ("2026-01", "salary", 240000),
    ("2026-02", "food", -9875),
    ("2026-02", "gifts", 5000),
    ("2026-02", "rent", -85000),
    ("2026-02", "salary", 240000),
    ("2026-03", "food", -14025),
    ("2026-03", "rent", -85000),
    ("2026-03", "salary", 240000),
]
BAD_LINES = {
    "account": "2026-03-30,nobody's,food,500,",
    "category": "2026-03-30,current,unknown,500,",
    "negative": "2026-03-30,current,food,-500,",
    "no number": "2026-03-30,current,food,five,",
    "no such day": "2026-03-32,current,food,500,",
    "too short": "2026-03-30,current,food",
}
DAY = date(2026, 1, 5)


def is_open(connection):
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return False
    return True


def balance(book, account):
    return balances(book).get(account)


@pytest.fixture(autouse=True)
def connections(monkeypatch):
    """Every connection that is made; all are closed after a test."""
    made = []
    connect = sqlite3.connect

    def remember(*args, **kwargs):
        made.append(connect(*args, **kwargs))
        return made[-1]

    monkeypatch.setattr(sqlite3, "connect", remember)
    yield made
    for connection in made:
        connection.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "money.db"


@pytest.fixture
def book(path):
    with open_book(path) as book:
        for account in ("current", "savings", "empty"):
            add_account(book, account)
        for category in ("salary", "gifts"):
            add_category(book, category, "income")
        for category in ("rent", "food"):
            add_category(book, category, "expense")
        yield book


# Milestone 1: schema


def test_no_connection_is_left_open(path, connections):
    with open_book(path) as book:
        add_account(book, "current")
    with suppress(ZeroDivisionError), open_book(path) as again:
        _ = 1 / 0
    still_open = sum(map(is_open, {*connections, book, again}))
    assert still_open == 0, "close it, also after an error"


def test_foreign_keys_are_on_every_time_a_file_is_opened(path):
    for _ in range(2):
        with open_book(path) as book:
            answer = book.execute("PRAGMA foreign_keys").fetchone()
            assert answer == (1,), "foreign keys are off"


def test_ids_are_returned(book):
    account_id = add_account(book, "holiday")
    category_id = add_category(book, "travel", "expense")
    entry_id = add_entry(book, "holiday", "travel", 4990, DAY)
    assert (account_id, category_id, entry_id) == (4, 5, 1)


def test_names_are_unique(book):
    with pytest.raises(sqlite3.IntegrityError):
        add_account(book, "current")
    with pytest.raises(sqlite3.IntegrityError):
        add_category(book, "food", "income")


def test_a_category_is_income_or_expense(book):
    with pytest.raises(sqlite3.IntegrityError):
        add_category(book, "luck", "maybe")


@pytest.mark.parametrize(
    ("account_id", "category_id", "cents"),
    [(None, 1, 100), (99, 1, 100), (1, 99, 100), (1, 1, -100)],
)
def test_the_tables_themselves_refuse_a_bad_entry(
    book, account_id, category_id, cents
):
    with pytest.raises(sqlite3.IntegrityError):
        book.execute(
            "INSERT INTO entry "
            "(account_id, category_id, cents, day, note) "
            "VALUES (?, ?, ?, '2026-01-05', '')",
            (account_id, category_id, cents),
        )


# Milestone 2: add, correct, delete


def test_the_kind_of_the_category_fixes_the_sign(book):
    add_entry(book, "current", "salary", 1000, DAY)
    add_entry(book, "current", "food", 300, DAY, "bread")
    assert balance(book, "current") == 700


@pytest.mark.parametrize(
    ("account", "category", "cents"),
    [
        ("nobody's", "food", 300),
        ("current", "unknown", 300),
        ("current", "food", 0),
        ("current", "food", -300),
    ],
)
def test_a_bad_entry_is_refused(book, account, category, cents):
    with pytest.raises(sqlite3.IntegrityError):
        add_entry(book, account, category, cents, DAY)


def test_an_entry_is_corrected(book):
    id = add_entry(book, "current", "food", 300, DAY)
    correct_entry(book, id, "gifts", 250)
    assert balance(book, "current") == 250
    with pytest.raises(sqlite3.IntegrityError):
        correct_entry(book, id, "unknown", 250)
    with pytest.raises(LookupError):
        correct_entry(book, id + 1, "gifts", 250)


def test_an_entry_is_deleted(book):
    id = add_entry(book, "current", "food", 300, DAY)
    delete_entry(book, id)
    assert balance(book, "current") == 0
    with pytest.raises(LookupError):
        delete_entry(book, id)


def test_a_category_in_use_cannot_go(book):
    id = add_entry(book, "current", "food", 300, DAY)
    with pytest.raises(sqlite3.IntegrityError):
        remove_category(book, "food")
    delete_entry(book, id)
    remove_category(book, "food")
    with pytest.raises(sqlite3.IntegrityError):
        add_entry(book, "current", "food", 300, DAY)


# Milestones 3 and 4: reports and import


def test_three_known_months(book):
    stored = import_csv(book, THREE_MONTHS)
    assert stored == 11
    assert balances(book) == BALANCES
    assert month_totals(book) == TOTALS
    notes = book.execute("SELECT note FROM entry WHERE note <> ''")
    assert sorted(notes) == [("from Zoé",), ("market, two bags",)]


@pytest.mark.parametrize("bad", BAD_LINES.values(), ids=BAD_LINES)
def test_one_bad_line_changes_nothing(path, book, bad):
    add_entry(book, "savings", "gifts", 700, DAY)
    lines = [*THREE_MONTHS[:3], bad, *THREE_MONTHS[3:]]
    with pytest.raises(ValueError, match="line 4"):
        import_csv(book, lines)
    assert not book.in_transaction, "a transaction was left open"
    with open_book(path) as reopened:
        assert month_totals(reopened) == [("2026-01", "gifts", 700)]


def test_a_reopened_file_gives_the_same_answers(path, book):
    import_csv(book, THREE_MONTHS)
    id = add_entry(book, "savings", "gifts", 100, DAY)
    correct_entry(book, id, "food", 900)
    delete_entry(book, id)
    with open_book(path) as reopened:
        assert balances(reopened) == BALANCES
        assert month_totals(reopened) == TOTALS
