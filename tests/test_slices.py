"""What a lesson takes from a world is as the world has it (docs/worlds.md)."""

import ast
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from proving.board import Board
from proving.examples import Example
from proving.layout import SNIPPETS
from proving.slices import (
    Column,
    Slice,
    at,
    attributes,
    constants,
    declared,
    described,
    imported,
    slices,
    tree,
)

SHOP = SNIPPETS / "worlds" / "shop"
DESK = SNIPPETS / "worlds" / "price_desk"


@cache
def shop() -> dict[str, dict[str, Column]]:
    """The tables of the shop, with their columns."""
    pieces = slices([SHOP / "tables.py"])
    return {name: found for s in pieces for name, found in described(s.sql).items()}


@cache
def prices() -> dict[str, dict[str, int]]:
    """What the price lists of a lesson may say, by their names."""
    lists = {name: value for _, name, value in constants(tree(DESK / "service.py"))}
    with imported(SHOP / "rows.py") as rows:
        titles = {title: cents for _, title, cents, *_ in rows.BOOKS}
    return {
        "LIST_CENTS": lists["LIST_CENTS"],
        "EXTRA_CENTS": lists["EXTRA_CENTS"],
        "PRICES": lists["LIST_CENTS"] | titles,
    }


@cache
def counter() -> set[str]:
    """The attributes of the price desk's StockCounter."""
    body = tree(DESK / "stock.py").body
    [found] = [node for node in body if isinstance(node, ast.ClassDef)]
    return attributes(found)


def lesson_files(example: Example) -> list[Path]:
    """The example's Python files, if it is a lesson's and this Python reads it."""
    if example.id.startswith("worlds/") or not example.runs_on():
        return []
    return [path for path in example.files.values() if path.suffix == ".py"]


def report(findings: Iterator[str]) -> None:
    """Fail with all findings, each once."""
    lines = list(dict.fromkeys(findings))
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


def test_each_slice_agrees_with_the_shop(board: Board) -> None:
    """An example renames, retypes and adds no column; an exercise has its own."""
    examples = [e for e in board.examples if "/exercise/" not in e.id]
    report(finding for e in examples for finding in table_findings(lesson_files(e)))


def test_each_slice_agrees_with_the_price_desk(board: Board) -> None:
    """Questions, suppliers, prices and the counter are called as in the desk."""
    files = {path for e in board.examples for path in lesson_files(e)}
    report(finding for path in sorted(files) for finding in desk_findings(path))


# --- the shop ---------------------------------------------------------------


def table_findings(paths: list[Path]) -> Iterator[str]:
    """What in the tables of one example is not as in the shop."""
    seen = set()
    for piece in slices(paths):
        try:
            tables = described(piece.sql)
        except sqlite3.Error as error:
            yield (
                f"{at(piece.path, piece.line)}: this CREATE TABLE cannot be compared: "
                f"{error}; write it as one plain string that SQLite understands"
            )
            continue
        seen |= tables.keys()
        for table, columns in tables.items():
            if table in shop():
                yield from column_findings(piece, table, columns)
            else:
                yield (
                    f"{piece.at(table)}: the shop has no table {table}; "
                    f"use {', '.join(shop())}"
                )
    for path in paths:
        for table, line in declared(path).items():
            if table not in seen:
                yield (
                    f"{at(path, line)}: the table {table} cannot be compared; "
                    "declare it at the top level of the file"
                )


def column_findings(
    piece: Slice, table: str, columns: dict[str, Column]
) -> Iterator[str]:
    """What in the columns of one table is not as in the shop."""
    for name, column in columns.items():
        where = f"{piece.at(name)}: {table}.{name}"
        ought = shop()[table].get(name)
        if ought is None:
            yield f"{where} is not in the shop; use {', '.join(shop()[table])}"
            continue
        # SQLite keeps times as text: right in SQL, a retyped column in a class.
        as_text = piece.by_hand and column.type == "TEXT" and "DATE" in ought.type
        if column.type != ought.type and not as_text:
            yield f"{where} is {column.type or 'without a type'}; make it {ought.type}"
        if column.nullable and not ought.nullable:
            yield f"{where} may be NULL; make it NOT NULL"
        if ought.nullable and not column.nullable:
            yield f"{where} is NOT NULL; let it be NULL"
        if column.target not in (None, ought.target):
            yield (
                f"{where} points at {column.target}; "
                f"make it point at {ought.target or 'no table'}"
            )


# --- the price desk ---------------------------------------------------------


def desk_findings(path: Path) -> Iterator[str]:
    """What of the price desk has another name or number in this file."""
    module = tree(path)
    for node in ast.walk(module):
        for finding in node_findings(node):
            yield f"{at(path, node.lineno)}: {finding}"
    for line, name, value in constants(module):
        for finding in constant_findings(name, value):
            yield f"{at(path, line)}: {finding}"


def constant_findings(name: str, value: object) -> Iterator[str]:
    """What in a list of suppliers or of prices is not as in the price desk."""
    if name in ("SUPPLIERS", "EXTRA_CENTS"):
        for supplier in value:
            yield from supplier_findings(supplier)
    if name in prices():
        for key, cents in value.items():
            ought = prices()[name].get(key, cents)
            if cents != ought:
                yield f"{name}[{key!r}] is {cents}; make it {ought}"


def supplier_findings(name: object) -> Iterator[str]:
    """What is wrong with a supplier of this name."""
    suppliers = prices()["EXTRA_CENTS"]
    if name not in suppliers:
        yield f"there is no supplier {name!r}; use {', '.join(suppliers)}"


def node_findings(node: ast.AST) -> Iterator[str]:
    """What in one definition or call is not as in the price desk."""
    match node:
        case ast.FunctionDef(name="ask") | ast.AsyncFunctionDef(name="ask"):
            names = [arg.arg for arg in node.args.args if arg.arg != "self"]
            if names[:2] != ["supplier", "isbn"]:
                yield (
                    f"ask takes ({', '.join(names)}); "
                    "let it take (supplier, isbn, …), or give it another name"
                )
        case ast.ClassDef(name="StockCounter"):
            for name in sorted(attributes(node) - counter()):
                yield (
                    f"StockCounter.{name} is not in the price desk; "
                    f"use {', '.join(sorted(counter()))}"
                )
        case (
            ast.Call(
                func=ast.Name(id="ask") | ast.Attribute(attr="ask"),
                args=[ast.Constant(value=name), *_],
            )
            | ast.keyword(arg="supplier", value=ast.Constant(value=name))
        ):
            yield from supplier_findings(name)


# --- the comparison, on made-up sources -------------------------------------

MODEL = """\
from sqlalchemy import Column, ForeignKey, MetaData, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
"""
KEY = "mapped_column(String, ForeignKey(id))"
TWO = "\nCREATE TABLE tags (name TEXT);\nCREATE TABLE logs (id INT);"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (MODEL + "    phone: Mapped[str | None]", []),
        (MODEL + "    age: Mapped[int]", ["10: customers.age is not in the shop"]),
        (MODEL + "    phone: Mapped[str]", ["10: customers.phone is NOT NULL"]),
        (MODEL + "    email: Mapped[int]", ["10: customers.email is INTEGER"]),
        (MODEL + "    created_at: Mapped[str]", ["10: customers.created_at is TEXT"]),
        (MODEL + f"    email: Mapped[str] = {KEY}", ["10: customers.email points at"]),
        (MODEL.replace("customers", "clients"), ["8: the shop has no table clients"]),
        (
            MODEL + "Table('tags', MetaData())",
            ["10: the table tags cannot be compared"],
        ),
        ("A = 'create table orders (placed_at TEXT NOT NULL)'", []),
        (
            "A = 'CREATE TABLE orders (status NOT NULL)'",
            ["1: orders.status is without"],
        ),
        (f"A = '''{TWO}'''", ["2: tags.name may be NULL", "3: the shop has no table"]),
        ("A = f'CREATE TABLE tags ({1})'", ["1: this CREATE TABLE cannot be compared"]),
    ],
)
def test_the_comparison_of_tables(
    tmp_path: Path, source: str, expected: list[str]
) -> None:
    """It finds what it should, on the right line, and nothing else."""
    path = tmp_path / "made_up.py"
    path.write_text(source, "utf-8")
    check(list(table_findings([path])), path, expected)


def test_a_table_belongs_to_the_file_that_declares_it(tmp_path: Path) -> None:
    """A finding names that file, also when another one imports the table."""
    main, path = tmp_path / "main.py", tmp_path / "made_up.py"
    main.write_text("import sqlalchemy\nfrom made_up import Base", "utf-8")
    path.write_text(MODEL + "    age: Mapped[int]", "utf-8")
    expected = ["10: customers.age is not in the shop"]
    check(list(dict.fromkeys(table_findings([main, path]))), path, expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("async def ask(supplier, isbn, session): ...", []),
        ("class Desk:\n    def ask(self): ...", ["2: ask takes ()"]),
        ("ask('north', 1)\ndesk.ask('west', 1)", ["2: there is no supplier 'west'"]),
        ("SUPPLIERS = ('east', 'up')", ["1: there is no supplier 'up'"]),
        ("EXTRA_CENTS = {'east': 75, 'up': 1}", ["1: there is no supplier 'up'"]),
        ("EXTRA_CENTS = {'south': -60}", ["1: EXTRA_CENTS['south'] is -60"]),
        ("A = '9780000000064'\nLIST_CENTS = {A: 1190}", ["2: LIST_CENTS['97800"]),
        ("PRICES = {'Salt Roads': 2200, 'Night Trains': 1}", ["1: PRICES['Night"]),
        (
            "class StockCounter:\n  till: int\n  def __init__(self): self.copies = 1",
            ["1: StockCounter.copies is not", "1: StockCounter.till is not"],
        ),
    ],
)
def test_the_comparison_of_names(
    tmp_path: Path, source: str, expected: list[str]
) -> None:
    """It finds what it should, on the right line, and nothing else."""
    path = tmp_path / "made_up.py"
    path.write_text(source, "utf-8")
    check(list(desk_findings(path)), path, expected)


def check(findings: list[str], path: Path, expected: list[str]) -> None:
    """Each finding begins as expected, and there are no others."""
    starts = [f"{path}:{start}" for start in expected]
    cut = [text[: len(start)] for text, start in zip(findings, starts, strict=False)]
    assert (len(findings), cut) == (len(starts), starts), findings
