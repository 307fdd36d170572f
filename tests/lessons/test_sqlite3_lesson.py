"""The claims of docs/sql/sqlite3.md, one test each."""

import ast
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from unittest.mock import MagicMock

import psycopg
import pymysql
import pytest

SNIPPETS = Path(__file__).parents[2] / "snippets" / "sql" / "sqlite3"

Output = Callable[[str], str]
Load = Callable[[str], ModuleType]


def source(name: str) -> str:
    return (SNIPPETS / f"{name}.py").read_text("utf-8")


def changed(text: str, old: str, new: str) -> str:
    """The program after a reader's edit, which must have found its place."""
    assert old in text
    return text.replace(old, new)


def run(program: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run a program as a reader would, on this interpreter."""
    file = folder / "program.py"
    file.write_text(program, "utf-8")
    return subprocess.run(
        [sys.executable, "-X", "utf8", *options, str(file)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=True,
    )


@pytest.fixture
def memory() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        yield connection


@pytest.fixture
def books(memory: sqlite3.Connection) -> sqlite3.Connection:
    memory.execute(
        "CREATE TABLE books "
        "(id INTEGER PRIMARY KEY, title TEXT NOT NULL, stock INTEGER NOT NULL)"
    )
    with memory:
        memory.executemany(
            "INSERT INTO books (title, stock) VALUES (?, ?)",
            [("The Tide Clock", 12), ("Salt Roads", 3), ("100% Bread", 0)],
        )
    return memory


def total(connection: sqlite3.Connection) -> int:
    return connection.execute("SELECT count(*) FROM books").fetchone()[0]


# A customer who vanished


def test_close_does_not_commit(output: Output) -> None:
    """The row is seen before closing, and is gone after reopening."""
    assert output("sql/sqlite3/saved_but_gone").splitlines() == [
        "before closing: 1 customer",
        "after reopening: 0 customers",
    ]


def test_commit_keeps_the_customer(tmp_path: Path) -> None:
    """Try this: with a commit after the INSERT the second visit finds one."""
    mark = '        print("before closing:"'
    program = changed(
        source("saved_but_gone"), mark, "        connection.commit()\n" + mark
    )
    assert "after reopening: 1 customer" in run(program, tmp_path).stdout


def test_a_transaction_opens_before_insert_only(memory: sqlite3.Connection) -> None:
    """Not before CREATE TABLE and not before SELECT; before the other three."""
    memory.execute("CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT)")
    assert not memory.in_transaction
    memory.execute("SELECT * FROM tags").fetchall()
    assert not memory.in_transaction
    for change in (
        "INSERT INTO tags (name) VALUES ('gift')",
        "UPDATE tags SET name = 'signed'",
        "REPLACE INTO tags (id, name) VALUES (1, 'gift')",
        "DELETE FROM tags",
    ):
        memory.execute(change)
        assert memory.in_transaction
        memory.commit()
        assert not memory.in_transaction


def test_nothing_to_start_or_install() -> None:
    """The driver is part of Python, and SQLite has what the page uses (3.37)."""
    assert "sqlite3" in sys.stdlib_module_names
    assert sqlite3.sqlite_version_info >= (3, 37)


# Write, read, change, remove


def test_four_operations(output: Output) -> None:
    """Each of the four answers as the page says; 0 rows is no error."""
    assert output("sql/sqlite3/crud_in_one_file").splitlines() == [
        "added: id 1",
        "found: ('Emi Sato', None)",
        "changed: 1",
        "found: ('Emi Sato', '555-0105')",
        "removed: 1",
        "found: None",
        "removed again: 0",
    ]


def test_a_returned_row_is_fetched_before_the_commit(
    books: sqlite3.Connection,
) -> None:
    """A commit before the row of RETURNING was fetched raises OperationalError."""
    cursor = books.execute(
        "INSERT INTO books (title, stock) VALUES ('Night Trains', 1) RETURNING id"
    )
    with pytest.raises(sqlite3.OperationalError, match="in progress"):
        books.commit()
    assert cursor.fetchone() == (4,)
    books.commit()
    assert total(books) == 4


def test_the_same_address_twice(load: Load, memory: sqlite3.Connection) -> None:
    """Try this: IntegrityError, nothing left open, the first customer stays."""
    crud = load("sql/sqlite3/crud_in_one_file")
    memory.execute(crud.CUSTOMERS)
    first = crud.add(memory, "emi@example.com", "Emi Sato")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        crud.add(memory, "emi@example.com", "Emi Sato")
    assert not memory.in_transaction
    assert crud.find(memory, first) == ("Emi Sato", None)


def test_a_memory_database_belongs_to_its_connection(
    books: sqlite3.Connection,
) -> None:
    """A second connection to ":memory:" sees none of the first one's tables."""
    assert total(books) == 3
    with (
        closing(sqlite3.connect(":memory:")) as other,
        pytest.raises(sqlite3.OperationalError, match="no such table"),
    ):
        total(other)


# Read the result


def test_a_cursor_moves_forward(output: Output) -> None:
    """Each way of fetching goes on where the last stopped; the end never raises."""
    lines = output("sql/sqlite3/fetch_three_ways").splitlines()
    assert lines[0] == "one:  (1, 'The Tide Clock')"
    assert lines[1] == "many: [(2, 'Salt Roads'), (3, '100% Bread')]"
    assert [line.split()[1] for line in lines[2:5]] == ["4", "5", "6"]
    assert lines[5].startswith("all:  [(7,")
    assert lines[6:] == ["one:  None", "all:  []"]


def test_fetchmany_without_a_size(books: sqlite3.Connection) -> None:
    """It returns one row, as arraysize is 1 until it is changed."""
    cursor = books.execute("SELECT id FROM books ORDER BY id")
    assert cursor.arraysize == 1
    assert cursor.fetchmany() == [(1,)]
    cursor.arraysize = 2
    assert cursor.fetchmany() == [(2,), (3,)]


def test_what_the_cursor_knows(output: Output) -> None:
    """rowcount -1 after SELECT, a stale lastrowid after executemany."""
    lines = output("sql/sqlite3/what_the_cursor_knows").splitlines()
    known = {line.split()[0]: line.split(maxsplit=3)[1:] for line in lines[1:6]}
    assert known == {
        "nothing": ["-1", "None", "None"],
        "insert": ["1", "1", "None"],
        "update": ["0", "1", "None"],
        "select": ["-1", "1", "['title', 'stock']"],
        "executemany": ["2", "1", "None"],
    }
    assert lines[6] == "highest id in the table: 3"


def test_attributes_take_no_parentheses(books: sqlite3.Connection) -> None:
    """rowcount, lastrowid and description cannot be called."""
    cursor = books.execute("SELECT title, stock FROM books")
    for name in ("rowcount", "lastrowid", "description"):
        assert not callable(getattr(cursor, name))
    assert cursor.description == (
        ("title", None, None, None, None, None, None),
        ("stock", None, None, None, None, None, None),
    )


def test_count_the_fetched_rows(tmp_path: Path) -> None:
    """Try this: after the SELECT there is one row to fetch."""
    mark = '        show("select", cursor)\n'
    program = changed(
        source("what_the_cursor_knows"),
        mark,
        mark + '        print("fetched", len(cursor.fetchall()))\n',
    )
    assert "fetched 1\n" in run(program, tmp_path).stdout


def test_rows_by_name(output: Output) -> None:
    """A Row answers to names (also those of AS) and makes a dict."""
    text = output("sql/sqlite3/rows_by_name")
    assert "Salt Roads costs 2200 cents" in text
    assert "columns: ['id', 'title', 'cents']" in text
    assert "{'id': 1, 'title': 'The Tide Clock', 'cents': 1850}" in text


def test_a_row_is_not_a_dict(books: sqlite3.Connection) -> None:
    """No get; names ignore ASCII case; set before the cursor is made."""
    early = books.cursor()
    books.row_factory = sqlite3.Row
    assert early.execute("SELECT title FROM books").fetchone() == ("The Tide Clock",)
    row = books.execute("SELECT title FROM books").fetchone()
    assert row["TITLE"] == "The Tide Clock"
    assert not isinstance(row, dict)
    assert not hasattr(row, "get")


# List tables and columns


def test_tables_and_columns(output: Output) -> None:
    """Tables, and name, type, notnull and pk of each column, are listed."""
    lines = output("sql/sqlite3/list_tables_and_columns").splitlines()
    assert [line for line in lines if line[0] != " "] == ["authors", "book_authors"]
    assert lines[1].split() == ["id", "INTEGER", "notnull=0", "pk=1"]
    assert lines[3].split() == ["born_year", "INTEGER", "notnull=0", "pk=0"]
    assert lines[6].split() == ["author_id", "INTEGER", "notnull=1", "pk=2"]


def test_a_pragma_takes_no_placeholder(books: sqlite3.Connection) -> None:
    """Its function form does, and gives the same rows."""
    with pytest.raises(sqlite3.OperationalError, match="syntax error"):
        books.execute("PRAGMA table_info(?)", ("books",))
    statement = books.execute("PRAGMA table_info(books)").fetchall()
    function = books.execute("SELECT * FROM pragma_table_info(?)", ("books",))
    assert function.fetchall() == statement
    assert len(statement) == 3


def test_a_missing_primary_key_becomes_the_next_number(
    books: sqlite3.Connection,
) -> None:
    """INTEGER PRIMARY KEY says notnull 0 and is never NULL."""
    added = books.execute("INSERT INTO books VALUES (NULL, 'Night Trains', 1)")
    assert added.lastrowid == 4


def test_internal_tables_are_left_out(load: Load, memory: sqlite3.Connection) -> None:
    """AUTOINCREMENT makes sqlite_sequence, which the query does not list."""
    memory.execute(load("sql/sqlite3/ids_come_back").NEVER_REUSING)
    names = {name for (name,) in memory.execute("SELECT name FROM sqlite_master")}
    assert {"tags", "sqlite_sequence"} <= names
    assert load("sql/sqlite3/list_tables_and_columns").tables(memory) == ["tags"]


@pytest.mark.parametrize("name", ["begin", "savepoint", "release", "tables", "columns"])
def test_methods_that_do_not_exist(name: str) -> None:
    """sqlite3 has none of them; use SQL and the catalogue."""
    assert not hasattr(sqlite3.Connection, name)
    assert not hasattr(sqlite3.Cursor, name)


def test_begin_and_savepoint_are_statements(books: sqlite3.Connection) -> None:
    """BEGIN, SAVEPOINT and RELEASE are executed; PyMySQL has begin() of its own."""
    books.execute("BEGIN")
    books.execute("DELETE FROM books WHERE id = 1")
    books.execute("SAVEPOINT before_the_second")
    books.execute("DELETE FROM books WHERE id = 2")
    books.execute("ROLLBACK TO before_the_second")
    books.execute("RELEASE before_the_second")
    books.commit()
    assert total(books) == 2
    assert hasattr(pymysql.connections.Connection, "begin")


# End the transaction, close the connection


def test_with_does_not_close(output: Output) -> None:
    """Commit on success, rollback on error, open until closing() ends."""
    assert output("sql/sqlite3/with_does_not_close").splitlines() == [
        "committed: True",
        "inside: [('Salt Roads', 1), ('Night Trains', 1)]",
        "refused: CHECK constraint failed: stock >= 0",
        "after rollback: [('Salt Roads', 3), ('Night Trains', 1)]",
        "after closing(): Cannot operate on a closed database.",
    ]


def test_an_inner_block_commits_the_outer_one(books: sqlite3.Connection) -> None:
    """The outer block's error has nothing left to undo."""
    with suppress(ZeroDivisionError), books:
        books.execute("DELETE FROM books WHERE id = 1")
        with books:
            books.execute("DELETE FROM books WHERE id = 2")
        _ = 1 / 0
    assert total(books) == 1


@pytest.mark.parametrize("options", [("-X", "dev"), ("-W", "default")])
def test_an_unclosed_connection_warns_from_3_13(
    tmp_path: Path, options: tuple[str, str]
) -> None:
    """3.13 and newer warn when asked to; 3.11 and 3.12 never say a word."""
    program = 'import sqlite3\n\nconnection = sqlite3.connect(":memory:")\n'
    program += "del connection\n"
    assert run(program, tmp_path).stderr == ""
    stderr = run(program, tmp_path, *options).stderr
    if sys.version_info >= (3, 13):
        assert "ResourceWarning: unclosed database" in stderr
    else:
        assert stderr == ""


def test_close_is_heard(tmp_path: Path) -> None:
    """A closed connection gives no warning on any version."""
    program = 'import sqlite3\n\nsqlite3.connect(":memory:").close()\n'
    assert run(program, tmp_path, "-X", "dev").stderr == ""


# Another database, the same shape


@pytest.mark.parametrize("driver", [sqlite3, psycopg, pymysql])
def test_drivers_share_an_interface(driver: ModuleType) -> None:
    """The methods and errors that the page names are in each driver."""
    assert driver.apilevel == "2.0"
    connection = {"cursor", "commit", "rollback", "close"}
    assert connection <= set(dir(driver.Connection))
    cursor = driver.cursors.Cursor if driver is pymysql else driver.Cursor
    fetches = {"fetchone", "fetchmany", "fetchall"}
    assert {"execute", "executemany", "close"} | fetches <= set(dir(cursor))
    assert issubclass(driver.IntegrityError, driver.DatabaseError)
    assert issubclass(driver.DatabaseError, driver.Error)
    assert callable(driver.connect)


def test_drivers_differ_in_placeholders(memory: sqlite3.Connection) -> None:
    """paramstyle tells; sqlite3 takes names too."""
    assert sqlite3.paramstyle == "qmark"
    assert psycopg.paramstyle == pymysql.paramstyle == "pyformat"
    assert memory.execute("SELECT :name", {"name": "Emi"}).fetchone() == ("Emi",)


def body(name: str) -> str:
    """The program's main(), as far as it does not connect."""
    main = next(
        node
        for node in ast.parse(source(name)).body
        if isinstance(node, ast.FunctionDef) and node.name == "main"
    )
    return "\n".join(ast.unparse(line) for line in main.body[0].body)


def test_the_same_code_on_three_drivers(tmp_path: Path) -> None:
    """The two programs are equal after connecting, and run on sqlite3.

    Only the import, connecting and the placeholders change; sqlite3 does not
    know the rowcount of the SELECT.
    """
    assert body("other_driver_postgresql") == body("other_driver_mysql")
    program = source("other_driver_postgresql")
    program = changed(program, "import psycopg", "import sqlite3")
    program = changed(program, "psycopg.connect()", 'sqlite3.connect(":memory:")')
    program = changed(program, "%s", "?")
    assert run(program, tmp_path, "-W", "error").stdout.splitlines() == [
        "changed: 1",
        "selected: -1",
        "columns: ['title', 'stock']",
        "one: ('The Tide Clock', 12)",
        "rest: [('100% Bread', 5)]",
    ]


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("other_driver_postgresql", "[('100% Bread', 5)]"),
        ("other_driver_mysql", "(('100% Bread', 5),)"),
    ],
)
def test_the_servers_answer_in_the_same_shape(
    output: Output, name: str, rest: str
) -> None:
    """They know the rowcount of a SELECT; PyMySQL's fetchall gives a tuple."""
    assert output(f"sql/sqlite3/{name}").splitlines() == [
        "changed: 1",
        "selected: 2",
        "columns: ['title', 'stock']",
        "one: ('The Tide Clock', 12)",
        f"rest: {rest}",
    ]


def test_execute_of_the_connection_is_an_extra() -> None:
    """sqlite3 and psycopg have it, PyMySQL has not."""
    assert hasattr(sqlite3.Connection, "execute")
    assert hasattr(psycopg.Connection, "execute")
    assert not hasattr(pymysql.connections.Connection, "execute")


def test_with_commits_and_closes_in_psycopg() -> None:
    """The end of psycopg's block calls commit and close."""
    connection = MagicMock(spec=psycopg.Connection, closed=False, _pool=None)
    psycopg.Connection.__exit__(connection, None, None, None)
    connection.commit.assert_called_once_with()
    connection.close.assert_called_once_with()


def test_with_closes_without_commit_in_pymysql() -> None:
    """The end of PyMySQL's block calls close, and not commit."""
    connection = MagicMock(spec=pymysql.connections.Connection)
    pymysql.connections.Connection.__exit__(connection, None, None, None)
    connection.close.assert_called_once_with()
    connection.commit.assert_not_called()


# Pitfalls


def test_foreign_keys_are_off(output: Output) -> None:
    """Accepted at first; the pragma is ignored in a transaction; then refused."""
    assert output("sql/sqlite3/foreign_keys_are_off").splitlines() == [
        "accepted: order 1",
        "in a transaction: 0",
        "outside: 1",
        "IntegrityError: FOREIGN KEY constraint failed",
    ]


def test_foreign_keys_belong_to_the_connection(tmp_path: Path) -> None:
    """A second connection to the same file has them off again."""
    path = tmp_path / "lantern.db"
    with closing(sqlite3.connect(path)) as first:
        first.execute("PRAGMA foreign_keys = ON")
        assert first.execute("PRAGMA foreign_keys").fetchone() == (1,)
        with closing(sqlite3.connect(path)) as second:
            assert second.execute("PRAGMA foreign_keys").fetchone() == (0,)


def test_old_rows_are_not_checked(load: Load, memory: sqlite3.Connection) -> None:
    """Switching on accepts what is there; foreign_key_check lists it."""
    orders = load("sql/sqlite3/foreign_keys_are_off")
    memory.execute(orders.CUSTOMERS)
    memory.execute(orders.ORDERS)
    with memory:
        memory.execute(orders.PLACE, (orders.MISSING,))
    memory.execute("PRAGMA foreign_keys = ON")
    assert orders.is_on(memory) == 1
    found = memory.execute("PRAGMA foreign_key_check").fetchall()
    assert found == [("orders", 1, "customers", 0)]


def test_text_in_an_integer(output: Output) -> None:
    """'abc' stays text in a loose table; a strict one refuses it."""
    assert output("sql/sqlite3/text_in_an_integer").splitlines() == [
        "loose",
        "  '12' is stored as (12, 'integer')",
        "  'abc' is stored as ('abc', 'text')",
        "strict",
        "  '12' is stored as (12, 'integer')",
        "  'abc' is refused: cannot store TEXT value in INTEGER column books.stock",
    ]


def test_strict_knows_its_types(memory: sqlite3.Connection) -> None:
    """VARCHAR(20) is accepted by a loose table and refused by a strict one."""
    memory.execute("CREATE TABLE tags (name VARCHAR(20))")
    memory.execute("DROP TABLE tags")
    with pytest.raises(sqlite3.OperationalError, match="unknown datatype"):
        memory.execute("CREATE TABLE tags (name VARCHAR(20)) STRICT")


def test_affinity_loses_nothing(memory: sqlite3.Connection) -> None:
    """Text is stored as a number where it reads as one, and else as it is."""
    memory.execute("CREATE TABLE kept (copies INTEGER)")
    for given, stored in (("12", 12), ("12.5", 12.5), ("12 books", "12 books")):
        memory.execute("INSERT INTO kept VALUES (?)", (given,))
        assert memory.execute("SELECT copies FROM kept").fetchall() == [(stored,)]
        memory.execute("DELETE FROM kept")


def test_text_is_greater_than_numbers(output: Output) -> None:
    """The last result has the text, and no number."""
    printed = output("sql/sqlite3/what_a_column_keeps").splitlines()
    assert printed[-4:] == [
        "│ as_integer │",
        "├────────────┤",
        "│ abc        │",
        "└────────────┘",
    ]


def test_one_second_of_resolution(output: Output) -> None:
    """Three rows share one time of 19 characters; the id orders them."""
    assert output("sql/sqlite3/time_and_id").splitlines() == [
        "entries, times, characters: (3, 1, 19)",
        "latest first: [(3, 700), (2, -1850), (1, 5000)]",
        "given: 2026-01-05T09:00:00+00:00",
        "read back: True",
    ]


def test_the_current_timestamp_is_utc_text(memory: sqlite3.Connection) -> None:
    """CURRENT_TIMESTAMP is what datetime('now'), SQLite's UTC clock, says."""
    cursor = memory.execute(
        "SELECT CURRENT_TIMESTAMP = datetime('now'), typeof(CURRENT_TIMESTAMP)"
    )
    assert cursor.fetchone() == (1, "text")


@pytest.mark.parametrize(
    "moment", [date(2026, 1, 5), datetime(2026, 1, 5, 9, tzinfo=UTC)]
)
def test_date_adapters_are_deprecated(memory: sqlite3.Connection, moment: date) -> None:
    """Passing the object still works, and warns from Python 3.12."""
    if sys.version_info >= (3, 12):
        with pytest.warns(DeprecationWarning, match="adapter is deprecated"):
            row = memory.execute("SELECT ?", (moment,)).fetchone()
    else:
        row = memory.execute("SELECT ?", (moment,)).fetchone()
    assert row == (str(moment),)
    text = moment.isoformat()
    assert memory.execute("SELECT ?", (text,)).fetchone() == (text,)


def test_mixed_formats_sort_wrongly(memory: sqlite3.Connection) -> None:
    """Late in the evening with a space comes before the morning with a T."""
    cursor = memory.execute("SELECT '2026-01-05 23:00:00' < '2026-01-05T09:00:00'")
    assert cursor.fetchone() == (1,)


def test_ids_come_back(output: Output) -> None:
    """The last row's id is given again, but not with AUTOINCREMENT."""
    plain, never = output("sql/sqlite3/ids_come_back").splitlines()
    assert plain.endswith("[1, 2, 2]")
    assert never.endswith("[1, 2, 3]")


def test_an_id_in_the_middle_never_returns(books: sqlite3.Connection) -> None:
    """The next id is the highest in the table plus one."""
    books.execute("DELETE FROM books WHERE id = 2")
    added = books.execute("INSERT INTO books (title, stock) VALUES ('Tide', 1)")
    assert added.lastrowid == 4


# Exercise


def test_why_the_import_owns_the_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hint 4: an import by way of add_entry stores every line on its own."""
    program = changed(
        (SNIPPETS / "exercise" / "solution.py").read_text("utf-8"),
        "                insert_entry(\n",
        "                add_entry(\n",
    )
    (tmp_path / "money_book.py").write_text(program, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    import money_book

    monkeypatch.delitem(sys.modules, "money_book")
    lines = [
        "day,account,category,cents,note",
        "2026-01-03,current,rent,85000,",
        "2026-01-09,current,rent,five,",
    ]
    with money_book.open_book(tmp_path / "money.db") as book:
        money_book.add_account(book, "current")
        money_book.add_category(book, "rent", "expense")
        with pytest.raises(ValueError, match="line 3"):
            money_book.import_csv(book, lines)
        assert money_book.balances(book) == {"current": -85000}
