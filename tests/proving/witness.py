"""Inside the example's process: the statements that go to the database.

Imported by :mod:`proving.child` only, when the program speaks of a database.
SQLAlchemy's engines tell by their events, plain ``sqlite3`` by its trace
callback. Each statement is kept with the line of the program that sent it.
"""

import functools
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

PLACEHOLDER = re.compile(r"%%|%\((?P<name>\w+)\)s|%s|\$\d+")


class Witness:
    """Keeps what is sent; gives SQLAlchemy's engines another database if asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.sent: list[dict] = []

    def start(self, urls: dict[str, str]) -> None:
        """Watch ``sqlite3``, and SQLAlchemy where the program will import it.

        ``urls`` has the address for engines (``sync``) and for asynchronous
        ones (``async``); without them the program's own are used.
        """
        self.watch_sqlite3()
        if self.mentions(b"sqlalchemy"):
            self.watch_sqlalchemy()
            if urls:
                lead_elsewhere(urls)

    def mentions(self, word: bytes) -> bool:
        """Whether a file of the example speaks of this."""
        return any(word in p.read_bytes() for p in Path(self.folder).rglob("*.py"))

    def watch_sqlite3(self) -> None:
        """Every connection that the program opens itself tells its statements."""
        import sqlite3

        connect = sqlite3.connect

        @functools.wraps(connect)
        def watched(*args: object, **options: object) -> sqlite3.Connection:
            connection = connect(*args, **options)
            if self.place()[0]:  # a library's own connection is the library's affair
                self.note("-- a new connection")
                connection.set_trace_callback(self.note)
            return connection

        sqlite3.connect = watched  # SQLAlchemy calls sqlite3.dbapi2.connect

    def watch_sqlalchemy(self) -> None:
        """Every engine tells its statements and the ends of its transactions."""
        from sqlalchemy import Engine, event

        def before(_connection, _cursor, text, parameters, context, _many) -> None:
            rows = parameters if isinstance(parameters, list) else [parameters]
            plain, values = with_question_marks(text, rows, context.dialect.paramstyle)
            self.note(plain, values)

        event.listen(Engine, "before_cursor_execute", before)
        for name in ("begin", "commit", "rollback"):
            text = "BEGIN (implicit)" if name == "begin" else name.upper()
            event.listen(Engine, name, lambda _, text=text: self.note(text))

    def note(self, text: str, rows: list[list] | None = None) -> None:
        """Keep a statement, its parameters, and where it was sent."""
        file, line = self.place()
        rows = [[repr(value) for value in row] for row in rows or [] if row]
        self.sent.append({"file": file, "line": line, "text": text, "rows": rows})

    def place(self) -> tuple[str, int]:
        """File and line of the innermost frame in the example's own files."""
        for frame in frames():
            if frame.f_code.co_filename.startswith(self.folder):
                name = frame.f_code.co_filename[len(self.folder) + 1 :]
                return name, frame.f_lineno
        return "", 0

    def write(self, path: Path) -> None:
        """Leave everything for the judge."""
        path.write_text(json.dumps(self.sent), "utf-8")


def frames() -> Iterator[FrameType]:
    """The frames below this one; through the greenlets of SQLAlchemy's asyncio."""
    frame = sys._getframe(1)
    while frame:
        yield frame
        frame = frame.f_back
    greenlet = sys.modules.get("greenlet")
    above = greenlet.getcurrent().parent if greenlet else None
    frame = above.gr_frame if above else None
    while frame:
        yield frame
        frame = frame.f_back


def with_question_marks(
    text: str, rows: list, style: str
) -> tuple[str, list[list[object]]]:
    """The statement with ``?`` for every driver's own placeholder, and its values.

    Drivers write ``?``, ``%s``, ``%(name)s`` or ``$1`` for the same thing. A
    name that stands twice is two values.
    """
    if style == "qmark":
        return text, [list(row) for row in rows]
    names = [found["name"] for found in PLACEHOLDER.finditer(text) if found[0] != "%%"]
    plain = PLACEHOLDER.sub(lambda found: "%" if found[0] == "%%" else "?", text)
    values = [
        [row[name] for name in names] if isinstance(row, dict) else list(row or ())
        for row in rows
    ]
    return plain, values


def lead_elsewhere(urls: dict[str, str]) -> None:
    """Whatever address the program gives, its engines go to these."""
    import sqlalchemy
    from sqlalchemy import create_engine
    from sqlalchemy.engine import create

    @functools.wraps(create_engine)
    def elsewhere(_url: object, **options: object) -> sqlalchemy.Engine:
        way = "async" if options.get("_is_async") else "sync"
        return create_engine(urls[way], **options)

    for module in (sqlalchemy, sqlalchemy.engine, create):
        module.create_engine = elsewhere
    # It has imported the function under a name of its own.
    from sqlalchemy.ext.asyncio import engine

    engine._create_engine = elsewhere
