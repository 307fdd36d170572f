"""A file of SQL is executed as `sqlite3 -box` does it."""

import sys
from importlib import util

import pytest

from proving.layout import ROOT

PATH = ROOT / "docs" / "assets" / "run" / "sql_file.py"
SPEC = util.spec_from_file_location("sql_file", PATH)
sql_file = sys.modules["sql_file"] = util.module_from_spec(SPEC)
SPEC.loader.exec_module(sql_file)


@pytest.fixture
def printed() -> list[str]:
    """What was written."""
    return []


def test_results(printed: list[str]) -> None:
    """Each result that has rows is a table; a missing value is empty."""
    text = "SELECT 1 AS one, NULL AS missing; SELECT 2 WHERE 0; SELECT 'x' AS two"
    assert sql_file.run(text, printed.append) is None
    assert printed == [
        "┌─────┬─────────┐\n"
        "│ one │ missing │\n"
        "├─────┼─────────┤\n"
        "│ 1   │         │\n"
        "└─────┴─────────┘\n",
        "┌─────┐\n│ two │\n├─────┤\n│ x   │\n└─────┘\n",
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT ';' AS semicolon;",
        "SELECT 1 -- one; two\n;",
        "CREATE TRIGGER t AFTER INSERT ON b BEGIN SELECT 1; SELECT 2; END;",
    ],
)
def test_a_semicolon_may_stand_in_a_statement(statement: str) -> None:
    """Text, comments and triggers have some of their own."""
    assert list(sql_file.statements(f"{statement} SELECT 2;")) == [
        statement,
        " SELECT 2;",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("SELECT * FROM shelf;", 1),
        ("SELECT 1;\n\n-- a comment\nSELECT *\nFROM shelf;", 4),
        ("SELECT 1; SELECT 2;\nSELECT\n3; SELECT * FROM shelf", 3),
    ],
)
def test_the_first_failure_ends_it(text: str, line: int, printed: list[str]) -> None:
    """It says where its statement begins, and what SQLite says."""
    failure = sql_file.run(f"{text}\n; SELECT 'after' AS it;", printed.append)
    assert failure == (line, "no such table: shelf")
    assert not any("after" in table for table in printed)
