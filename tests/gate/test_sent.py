"""The SQL panel: what was sent, on which databases, and numbers that prose quotes."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from gate.project import PAGE, Project

RECEIPT = "snippets/till/print/receipt"
SENT = """\
-- Base.metadata.create_all(engine)
-- 2 tables

-- books = session.scalars(query).all()
BEGIN (implicit);
SELECT books.title
FROM books;

-- for book in books:
-- 3 times:
SELECT reviews.id
FROM reviews
WHERE ? = reviews.book_id;
-- with (1), (2), … 1 more

-- with Session(engine) as session:
ROLLBACK;
"""
QUOTES = "\nAll: {sent: receipt}. Two lines: {sent: receipt / books = / for book}.\n"


@pytest.fixture
def sold(project: Project) -> Project:
    """A project whose snippet was run on three databases, and quoted."""
    project.write("docs/till/print.md", PAGE + QUOTES)
    project.write(f"{RECEIPT}.sqlite.sql", SENT)
    project.write(f"{RECEIPT}.mariadb.sql", SENT)
    project.write(f"{RECEIPT}.postgresql.sql", SENT.replace("? =", "?::INTEGER ="))
    for name, shown in (("sqlite", "SQLite 3"), ("postgresql", "PostgreSQL 18.6")):
        project.rows[f"{RECEIPT}.{name}.sql"] = {"servers": {name: shown}}
    project.rows[f"{RECEIPT}.mariadb.sql"] = {"not_run": "install it"}
    project.rows[f"{RECEIPT}.py"] = {"missing": {"mariadb": "install it"}}
    project.prove()
    return project


def page_of(project: Project) -> BeautifulSoup:
    """The lesson, built."""
    end = project.build("--strict")
    assert end.returncode == 0, end.stdout
    path = project.root / "site" / "till" / "print" / "index.html"
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def test_panel(sold: Project) -> None:
    """One tab for each different text, with where it was executed, or not."""
    page = page_of(sold)
    labels = [label.get_text() for label in page.select(".tabbed-labels label")]
    assert labels == ["executed on SQLite 3", "executed on PostgreSQL 18.6"]
    texts = [block.get_text() for block in page.select(".tabbed-block pre")]
    assert texts[0] == SENT
    assert page.select_one(".example__more summary").get_text() == (
        "The SQL it sent (4 statements)"
    )
    assert page.select_one(".example__badge--not-run").get_text() == (
        "not run on MariaDB"
    )


def test_numbers_in_prose(sold: Project) -> None:
    """References become numbers, on the page and in its Markdown copy."""
    assert "All: 4. Two lines: 4." in page_of(sold).get_text()
    copy = (sold.root / "site" / "till" / "print.md").read_text("utf-8")
    assert "All: 4. Two lines: 4." in copy


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ("{sent: bill}", "no statements are recorded of till/print/bill"),
        ("{sent: receipt / lines =}", "no line of receipt that sends statements has"),
    ],
)
def test_references_to_nothing(reference: str, says: str, sold: Project) -> None:
    """They stop the build, with their line."""
    sold.write("docs/till/print.md", f"{PAGE}\n{reference}\n")
    end = sold.build()
    assert end.returncode == 1
    assert f"docs/till/print.md:14: {reference}: {says}" in end.stdout


def test_an_edited_recording_is_refused(sold: Project) -> None:
    """Neither the panel nor the number may come from what nobody has compared."""
    path = sold.root / f"{RECEIPT}.sqlite.sql"
    path.write_text(SENT.replace("3 times", "4 times"), "utf-8")
    end = sold.build()
    assert end.returncode == 1
    assert f"{RECEIPT}.sqlite.sql:1: changed since it was run" in end.stdout
    assert "docs/till/print.md:3: till/print/receipt.py: what is shown" in end.stdout


def test_publishing_demands_every_database(sold: Project) -> None:
    """A database that was not there is a finding then."""
    end = sold.build(PROVEN_DEMAND_ALL="1")
    assert end.returncode == 1
    assert "docs/till/print.md:3: not run on mariadb: install it" in end.stdout


def test_typed_sql(project: Project) -> None:
    """A fence of SQL that no run has sent stops the build."""
    project.write("docs/till/print.md", f"{PAGE}\n```sql\nSELECT 1;\n```\n")
    end = project.build()
    assert end.returncode == 1
    assert "docs/till/print.md:14: no run has sent this" in end.stdout


def test_statements_stand_once(sold: Project) -> None:
    """What is the same on two databases is shown under both names."""
    sold.rows[f"{RECEIPT}.mariadb.sql"] = {"servers": {"mariadb": "MariaDB 11"}}
    sold.rows[f"{RECEIPT}.py"] = {}
    sold.prove()
    label = page_of(sold).select_one(".tabbed-labels label").get_text()
    assert label == "executed on SQLite 3 and MariaDB 11"
    assert Path(sold.root / f"{RECEIPT}.mariadb.sql").is_file()
