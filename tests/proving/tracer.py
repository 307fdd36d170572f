"""Inside the example's process: what its tasks or its threads do, in order.

Imported by :mod:`proving.child` only, for the examples that say
``timeline = true``. What it notes becomes a recording in
:mod:`proving.timelines`.
"""

import ast
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from types import CodeType, FrameType
from typing import Any
from weakref import WeakKeyDictionary

HERE = str(Path(__file__).parent) + os.sep
UNNAMED = re.compile(r"Task-\d+|Thread-\d+( \(.*\))?")  # what Python calls them
LONGEST = 20  # characters of an argument that may stand in a name


class Trace:
    """The events of one run: lists that JSON can hold.

    An event has its lane, what happened, on what, the line of the program, the
    coroutine it happened in, and the seconds it may last. "On what" is a list
    of lanes or a text, in which ``{2}`` stands for the third of the things.
    """

    def __init__(self, folder: Path, kind: str) -> None:
        self.file = folder / "trace.json"
        self.folder = os.path.realpath(folder) + os.sep
        self.kind = kind
        self.lanes: list[str] = []
        self.things: list[str] = []
        self.events: list[tuple] = []
        self.numbers: WeakKeyDictionary[object, int] = WeakKeyDictionary()

    def lane(self, name: str) -> int:
        """A new lane, for a task or a thread."""
        self.lanes.append(name)
        return len(self.lanes) - 1

    def note(
        self,
        lane: int,
        what: str,
        on: str | list[int] = "",
        line: int = 0,
        inside: str = "",
        seconds: float | None = None,
    ) -> None:
        """One event. Appending is atomic, so threads need no lock here."""
        self.events.append((lane, what, on, line, inside, seconds))

    def write(self) -> None:
        """Leave the trace for the judge."""
        names = ("kind", "lanes", "things", "events")
        trace = {name: getattr(self, name) for name in names}
        self.file.write_text(json.dumps(trace), "utf-8")

    def own(self, code: CodeType) -> bool:
        """Whether this code stands in a file of the example."""
        return code.co_filename.startswith(self.folder)

    def line(self) -> int:
        """The line of the example that is running; 0 where none is."""
        frame = sys._getframe(1)
        while frame and not self.own(frame.f_code):
            frame = frame.f_back
        return frame.f_lineno if frame else 0

    def watch(self, owner: Any, name: str, watched: Callable) -> None:
        """Where the example itself calls ``owner.name(…)``, call ``watched``.

        It gets the original before the arguments of the call.
        """
        original = getattr(owner, name)

        @wraps(original)
        def method(*arguments: Any, **keywords: Any) -> Any:
            caller = sys._getframe(1)
            while caller.f_code.co_filename.startswith(HERE):  # a watch on this watch
                caller = caller.f_back
            if self.own(caller.f_code):
                return watched(original, *arguments, **keywords)
            return original(*arguments, **keywords)

        setattr(owner, name, method)

    def watch_making(self, owner: type, kind: str) -> None:
        """Give each thing of a class a name when the example makes it."""

        def made(
            original: Callable, thing: object, *rest: Any, **keywords: Any
        ) -> None:
            original(thing, *rest, **keywords)
            self.made(thing, kind, sys._getframe(2))

        self.watch(owner, "__init__", made)

    def made(self, thing: object, kind: str, frame: FrameType | None = None) -> None:
        """Number a thing; the frame is the one that makes it."""
        self.numbers[thing] = len(self.things)
        name = assigned_name(frame) if frame else ""
        if not name or name.startswith(f"{kind} of "):
            self.things.append(name or kind)
        else:
            self.things.append(kind if name == kind else f"{kind} {name}")

    def thing(self, thing: object, kind: str) -> str:
        """What stands for the thing in the text of an event."""
        if thing not in self.numbers:
            self.made(thing, kind)
        return f"{{{self.numbers[thing]}}}"


def assigned_name(frame: FrameType) -> str:
    """The name to which the call that is running is assigned; ``lock of Till``."""
    place = list(frame.f_code.co_positions())[frame.f_lasti // 2]
    source = Path(frame.f_code.co_filename).read_text("utf-8")
    for target, value in assignments(ast.parse(source)):
        here = (value.lineno, value.end_lineno, value.col_offset, value.end_col_offset)
        if here != place:
            continue
        if isinstance(target, ast.Attribute):
            owner = frame.f_code.co_qualname.rpartition(".")[0]
            name = target.attr.strip("_")
            return f"{name} of {owner}" if owner else name
        return ast.unparse(target).strip("_")
    return ""


def assignments(tree: ast.Module) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Each target with its value; ``a, b = f(), g()`` gives two pairs."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Tuple(names)], value=ast.Tuple(values)):
                yield from zip(names, values, strict=False)
            case ast.Assign(targets=[target, *_], value=value):
                yield target, value
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield target, value


def called_with(name: str, arguments: Iterable[object]) -> str:
    """A call's short name: the function, and its first argument that is a word."""
    words = [a for a in arguments if isinstance(a, str) and len(a) <= LONGEST]
    return " ".join([name, *words[:1]])
