"""The slices of a world that a program declares: its tables and its constants."""

import ast
import importlib.util
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from sqlalchemy import MetaData, Table
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.schema import CreateTable

from proving.layout import relative

CREATE = re.compile(r"\bCREATE\s+(?:TEMP\w*\s+)?TABLE\s[^(;]*\(", re.IGNORECASE)
FAMILIES = {
    "INTEGER": "INT",
    "TEXT": "CHAR|TEXT|CLOB",
    "DATETIME": "DATETIME|TIMESTAMP",
    "DATE": "DATE",
}


class Column(NamedTuple):
    """What one column is, as SQLite understands it."""

    type: str
    nullable: bool
    target: str | None


class Slice(NamedTuple):
    """SQL that declares tables: where it begins, and whether somebody wrote it."""

    path: Path
    line: int
    sql: str
    by_hand: bool

    def at(self, name: str) -> str:
        """``file:line`` where the name first stands in the slice."""
        lines = self.path.read_text("utf-8").splitlines()[self.line - 1 :]
        word = re.compile(rf"\b{re.escape(name)}\b")
        found = (n for n, text in enumerate(lines, self.line) if word.search(text))
        return at(self.path, next(found, self.line))


def at(path: Path, line: int) -> str:
    """``file:line``, as messages have it."""
    return f"{relative(path)}:{line}"


def tree(path: Path) -> ast.Module:
    """The syntax tree of the file."""
    return ast.parse(path.read_text("utf-8"))


def slices(paths: list[Path]) -> Iterator[Slice]:
    """Every table that an example declares, in SQL or with SQLAlchemy."""
    names = {path: declared(path) for path in paths}
    for path in paths:
        yield from sql_in(path)
        if "sqlalchemy" in path.read_text("utf-8"):
            for table in tables_of(path):
                # A table that is imported belongs to the file that declares it.
                home = next((p for p in (path, *paths) if table.name in names[p]), path)
                line = names[home].get(table.name, 1)
                yield Slice(home, line, create_statement(table), by_hand=False)


def sql_in(path: Path) -> Iterator[Slice]:
    """The strings of the file that create tables."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = CREATE.search(node.value)
            if found:
                before, sql = node.value[: found.start()], node.value[found.start() :]
                yield Slice(path, node.lineno + before.count("\n"), sql, by_hand=True)


def declared(path: Path) -> dict[str, int]:
    """The names in ``__tablename__ = …`` and ``Table(…)``, with their lines."""
    names = {}
    for node in ast.walk(tree(path)):
        match node:
            case (
                ast.Assign(
                    targets=[ast.Name(id="__tablename__")],
                    value=ast.Constant(value=name),
                )
                | ast.Call(
                    func=ast.Name(id="Table"), args=[ast.Constant(value=name), *_]
                )
            ):
                names[name] = node.lineno
    return names


def tables_of(path: Path) -> list[Table]:
    """The tables that SQLAlchemy knows once the file is imported."""
    with imported(path) as module:
        known = [getattr(value, "metadata", value) for value in vars(module).values()]
        tables = [
            table
            for metadata in known
            if isinstance(metadata, MetaData)
            for table in metadata.tables.values()
        ]
    return list(dict.fromkeys(tables))


@contextmanager
def imported(path: Path) -> Iterator[ModuleType]:
    """The file as a module, its neighbours importable, and no trace afterwards."""
    before, search = set(sys.modules), list(sys.path)
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location(f"slice_{path.stem}", path)
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path[:] = search
        for name in set(sys.modules) - before:
            file = getattr(sys.modules[name], "__file__", None)
            if file and path.parent in Path(file).parents:
                del sys.modules[name]


def create_statement(table: Table) -> str:
    """The statement that SQLAlchemy sends to SQLite for the table."""
    return str(CreateTable(table).compile(dialect=sqlite_dialect()))


def described(sql: str) -> dict[str, dict[str, Column]]:
    """The tables that are there after the SQL has run, asked of SQLite."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(sql)
        names = db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' "
            "UNION ALL SELECT name FROM sqlite_temp_schema WHERE type = 'table'"
        )
        return {
            name: columns_of(db, name)
            for [name] in names
            if not name.startswith("sqlite_")
        }


def columns_of(db: sqlite3.Connection, table: str) -> dict[str, Column]:
    """The columns of one table."""
    keys = db.execute(f"PRAGMA foreign_key_list({table})")
    targets = {column: target for _, _, target, column, *_ in keys}
    rows = db.execute(f"PRAGMA table_info({table})")
    return {
        name: Column(family(kind), not (required or key), targets.get(name))
        for _, name, kind, required, _, key in rows
    }


def family(kind: str) -> str:
    """The common name of INT and BIGINT, of VARCHAR(200) and TEXT."""
    found = (name for name, words in FAMILIES.items() if re.search(words, kind.upper()))
    return next(found, kind)


def attributes(counter: ast.ClassDef) -> set[str]:
    """What the methods of a class set on ``self``, and its annotated fields."""
    found = set()
    for node in ast.walk(counter):
        match node:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                found.add(name)
            case ast.AnnAssign(target=ast.Name(id=name)) if node in counter.body:
                found.add(name)
    return found


def constants(module: ast.Module) -> Iterator[tuple[int, str, object]]:
    """Line, name and value of each constant at the top level of a file."""
    values = {}
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                code = compile(ast.Expression(value), name, "eval")
                try:
                    values[name] = eval(code, {"__builtins__": {}}, values)
                except Exception:  # it needs more than the constants above it
                    continue
                yield node.lineno, name, values[name]
