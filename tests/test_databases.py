"""Real servers, and the statements that examples send to them."""

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from sqlalchemy import URL

from proving import postgresql, recording, services
from proving.examples import DATABASES, Example, databases
from proving.judging import Run
from proving.running import Runner
from proving.server import NoService
from proving.statements import formatted
from proving.witness import with_question_marks

SHOP = """
from sqlalchemy import create_engine, text

engine = create_engine("sqlite://")
with engine.begin() as connection:
    connection.execute(text("CREATE TABLE books (id INT, title VARCHAR(40))"))
    titles = [{"id": 1, "title": "Salt Roads"}, {"id": 2, "title": "100% Bread"}]
    connection.execute(text("INSERT INTO books VALUES (:id, :title)"), titles)
    with connection.begin_nested() as savepoint:
        connection.execute(text("DELETE FROM books"))
        savepoint.rollback()
with engine.connect() as connection:
    query = text("SELECT title FROM books WHERE id = :id AND title LIKE '1%'")
    print(connection.scalar(query, {"id": 2}))
engine.dispose()
"""
LATER = """
import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine


async def main() -> None:
    engine = create_async_engine("sqlite+aiosqlite://")
    async with engine.begin() as connection:
        print(await connection.scalar(text("SELECT :copies + 1"), {"copies": 6}))
    await engine.dispose()


asyncio.run(main())
"""
PLAIN = """
import sqlite3
from contextlib import closing

with closing(sqlite3.connect(":memory:")) as connection:
    connection.execute("CREATE TABLE books (title TEXT)")
    with connection:
        connection.execute("INSERT INTO books VALUES (?)", ("Salt Roads",))
"""
SERVERS = [
    pytest.param(
        name,
        marks=pytest.mark.skipif(
            bool(services.missing((name,))), reason=services.how_to_run(name)
        ),
    )
    for name in services.KINDS
]
EVERYWHERE = ["sqlite", *SERVERS]
# Side by side, all tests go to the worker that has started the servers.
pytestmark = pytest.mark.xdist_group("databases")


@pytest.fixture(scope="module", params=["fork", "fresh"])
def runner(request: pytest.FixtureRequest) -> Iterator[Runner]:
    """A runner of each kind."""
    made = Runner(fresh=request.param == "fresh", warm_after=0)
    yield made
    made.close()


def example(folder: Path, source: str) -> Example:
    """A made-up example, ``till.py``, on the databases that its text asks for."""
    path = folder / "till.py"
    path.write_text(dedent(source).lstrip(), "utf-8")
    files, command = {"till.py": path}, "python till.py"
    return Example(
        "till",
        files,
        command,
        recording=folder / "till.out",
        databases=databases(command, files),
    )


def sent(run: Run, database: str) -> str:
    """The recording of what a run has sent."""
    assert run.problems == []
    return run.evidence[f".{database}.sql"]


@pytest.mark.parametrize("database", EVERYWHERE)
def test_what_was_sent(database: str, runner: Runner, tmp_path: Path) -> None:
    """Statements, parameters and transactions, under the lines that sent them."""
    run = runner.run(example(tmp_path, SHOP), database)
    assert run.output.strip() == "100% Bread"
    assert (
        sent(run, database)
        == dedent("""
        -- with engine.begin() as connection:
        BEGIN (implicit);

        -- connection.execute(text("CREATE TABLE books (id INT, title VARCHAR(40))"))
        CREATE TABLE books (id INT, title VARCHAR(40));

        -- connection.execute(text("INSERT INTO books VALUES (:id, :title)"), titles)
        INSERT INTO books
        VALUES (?, ?);
        -- with (1, 'Salt Roads'), (2, '100% Bread')

        -- with connection.begin_nested() as savepoint:
        SAVEPOINT sa_savepoint_1;

        -- connection.execute(text("DELETE FROM books"))
        DELETE
        FROM books;

        -- savepoint.rollback()
        ROLLBACK TO SAVEPOINT sa_savepoint_1;

        -- with engine.begin() as connection:
        COMMIT;

        -- print(connection.scalar(query, {"id": 2}))
        BEGIN (implicit);
        SELECT title
        FROM books
        WHERE id = ?
            AND title LIKE '1%';
        -- with (2)

        -- with engine.connect() as connection:
        ROLLBACK;
        """).lstrip()
    )


@pytest.mark.parametrize("database", EVERYWHERE)
def test_asynchronous_engines(database: str, runner: Runner, tmp_path: Path) -> None:
    """aiosqlite, asyncpg and asyncmy, each with the line that awaited."""
    run = runner.run(example(tmp_path, LATER), database)
    assert run.output.strip() == "7"
    assert "-- print(await connection.scalar(" in sent(run, database)
    assert "SELECT ? + 1;\n-- with (6)" in sent(run, database)


def test_plain_sqlite3(runner: Runner, tmp_path: Path) -> None:
    """The driver's own BEGIN and COMMIT are seen, and values in their places."""
    till = example(tmp_path, PLAIN)
    assert till.databases == ("sqlite",)
    text = sent(runner.run(till, "sqlite"), "sqlite")
    assert "BEGIN;\nINSERT INTO books\nVALUES ('Salt Roads');\n" in text
    assert "-- with connection:\nCOMMIT;\n" in text


def test_another_output_elsewhere_is_red(tmp_path: Path) -> None:
    """The databases have to agree, unless the example declares that they do not."""
    till = example(tmp_path, SHOP)
    runs = {name: Run(output=name[0], status=0) for name in DATABASES}
    found = list(recording.disagreements(till, runs))
    assert len(found) == 2
    assert 'say in examples.toml: differs = ["postgresql"]' in found[0]


@pytest.mark.parametrize("name", SERVERS)
def test_every_run_has_an_empty_database(name: str) -> None:
    """Two at a time do not meet, and both are gone afterwards."""
    kind = services.KINDS[name]
    with services.database(name) as one, services.database(name) as other:
        assert one.database != other.database
        assert kind.login(one) == services.version(name)
    with pytest.raises(Exception, match=one.database):
        connected(kind, one)


def connected(kind: object, url: URL) -> None:
    """Use this very database."""
    if kind.NAME == "PostgreSQL":
        kind.connect(url).close()
    else:
        kind.execute(url, f"USE `{url.database}`")


def test_placeholders() -> None:
    """Each driver's own become question marks; what is no placeholder stays."""
    pyformat = "SELECT %(id)s::INTEGER, %(id)s WHERE a LIKE 'x%%'"
    assert with_question_marks(pyformat, [{"id": 7}], "pyformat") == (
        "SELECT ?::INTEGER, ? WHERE a LIKE 'x%'",
        [[7, 7]],
    )
    assert with_question_marks("SELECT $1, $2", [(1, 2)], "numeric_dollar") == (
        "SELECT ?, ?",
        [[1, 2]],
    )


def test_long_lists_are_cut() -> None:
    """Of many keys and rows a few are shown, and the number of the others."""
    keys = f"SELECT a FROM t WHERE a IN ({', '.join('?' * 100)})"
    assert "IN (?, ?, ?, ? /* and 96 more */)" in formatted(keys)
    rows = f"INSERT INTO t (a, b) VALUES {', '.join(['(?, ?)'] * 100)}"
    assert formatted(rows).endswith("VALUES (?, ?), (?, ?) /* and 98 more */")


def test_no_server_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither address nor program nor Docker: the message names all three."""
    kind = services.KINDS["mariadb"]
    monkeypatch.delenv(kind.ADDRESS, raising=False)
    monkeypatch.setattr(kind, "binary", lambda: None)
    monkeypatch.setattr(services, "docker_runs", lambda: False)
    assert services.missing(("mariadb",)) == ["mariadb"]
    with pytest.raises(NoService, match=r"mariadb-server-core.*MARIADB_URL.*Docker"):
        services.running.__wrapped__("mariadb")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no root on Windows")
def test_a_wheel_is_copied_with_its_libraries(tmp_path: Path) -> None:
    """What nobody cannot enter is copied, and a wheel's libraries stand beside it."""
    site, folder = tmp_path / "site", tmp_path / "server"
    programs = site / "embedded" / "pginstall" / "bin"
    for path in (programs / "initdb", site / "embedded.libs" / "libpq.so"):
        path.parent.mkdir(parents=True)
        path.write_text("")
    folder.mkdir()
    site.chmod(0o700)
    copy = postgresql.readable_by_all(programs, folder)
    assert copy == folder / "programs" / "embedded" / "pginstall" / "bin"
    assert (copy / "initdb").is_file()
    assert (copy / "../../../embedded.libs/libpq.so").is_file()
