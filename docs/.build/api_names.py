"""Which names of the libraries an example uses, found by reading its code.

A name that is imported is taken as it is written. For a method on an object
(``cursor.execute``), jedi infers the object's class; where it sees several
classes, or none, the name is left out: no entry is better than a wrong one.
"""

import ast
import builtins
import importlib
import json
import os
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, cached_property, reduce
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import jedi
from jedi.api.classes import Name

from lessons import DISTRIBUTIONS, ROOT, SNIPPETS
from proofs import digest

CACHE = ROOT / "build" / "cache"
MANY = 16  # examples, from which on it pays to start processes for them
SPECIAL = "special methods"  # stands for a module: those a class defines itself
# Built-in names that every second program uses; nobody looks them up here.
EVERYDAY = {
    "bool", "bytes", "dict", "enumerate", "float", "int", "isinstance", "len", "list",
    "max", "min", "object", "open", "print", "range", "repr", "set", "sorted", "str",
    "sum", "tuple", "type", "zip",
}  # fmt: skip
LIBRARIES = sys.stdlib_module_names | DISTRIBUTIONS.keys()
DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def names_in(programs: list[Path]) -> list[str]:
    """The names that an example's programs use, as ``module:name``, in their order.

    Looked up once for each content of its files, and of what is installed.
    """
    stored = stored_names(programs)
    if not stored.is_file():
        names = {name for path in programs for name in Program(path).names()}
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_text(json.dumps(sorted(names)), "utf-8")
    return json.loads(stored.read_text("utf-8"))


def look_up(pages: list[list[list[Path]]]) -> None:
    """Look up the names of each page's examples, if many are new: on all processors.

    One process has a whole page: what its examples import is parsed once there.
    """
    new = [programs for page in pages for programs in page if not is_kept(programs)]
    if len(new) < MANY:
        return
    spawn = get_context("spawn")  # what serves pages has threads, so no fork
    with (
        TemporaryDirectory() as folder,
        ProcessPoolExecutor(None, spawn, keep_parsed, (Path(folder),)) as processes,
    ):
        list(processes.map(names_of_page, sorted(pages, key=len, reverse=True)))


def names_of_page(examples: list[list[Path]]) -> None:
    """Look up the names of some examples, one after another."""
    for programs in examples:
        names_in(programs)


def is_kept(programs: list[Path]) -> bool:
    """Whether an example's names are looked up already."""
    return stored_names(programs).is_file()


def keep_parsed(folder: Path) -> None:
    """Have this process keep what jedi parsed to itself: others would read halves."""
    jedi.settings.cache_directory = str(folder / str(os.getpid()))


def stored_names(programs: list[Path]) -> Path:
    """The file that has an example's names, once they are looked up."""
    sources = [path.read_bytes() for path in programs]
    versions = [Path(__file__).read_bytes(), (ROOT / "requirements.txt").read_bytes()]
    name = digest(*versions, sys.version.encode(), *sources)
    return CACHE / "api" / f"{name}.json"


# What jedi has parsed is kept beside the names; it need not look for callers.
jedi.settings.cache_directory = str(CACHE / "jedi")
jedi.settings.dynamic_params = False


class Program:
    """One file of an example, and the names it uses."""

    def __init__(self, path: Path) -> None:
        self.source = path.read_text("utf-8")
        self.rows = self.source.splitlines()
        self.tree = ast.parse(self.source)
        self.imported = dict(imports(self.tree))
        self.bound = set(bindings(self.tree))
        own = [str(path.parent), *sys.path]
        self.script = jedi.Script(
            self.source,
            path=path,
            project=jedi.Project(path.parent, sys_path=own, smart_sys_path=False),
            environment=jedi.InterpreterEnvironment(),
        )

    def names(self) -> Iterator[str]:
        """Every name, some of them more than once."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name) and self.is_builtin(node.id):
                yield f"builtins:{node.id}"
            elif isinstance(node, DEFINES) and re.fullmatch("__.+__", node.name):
                yield f"{SPECIAL}:{node.name}"
        for dotted in self.imported.values():
            if name := self.spelled(dotted):
                yield name
        for node in attributes(self.tree):
            if not node.attr.startswith("_") and (name := self.attribute(node)):
                yield name

    def is_builtin(self, name: str) -> bool:
        """Whether the name is Python's own, and worth an entry."""
        taken = self.bound | self.imported.keys() | EVERYDAY
        return hasattr(builtins, name) and name not in taken and name[0] != "_"

    def attribute(self, node: ast.Attribute) -> str | None:
        """The public name of ``something.attribute``."""
        if dotted := self.dotted(node):
            return self.spelled(dotted) or self.generated(node, dotted)
        kinds = [kind for kind in self.types(node.value) if kind.name != "NoneType"]
        if all(map(is_own, kinds)):  # its own attribute, or one that it inherits
            owners = set(map(owner_of, self.definitions(node)))
        else:
            owners = set(map(class_of, kinds))
        return self.method(owners.pop(), node) if len(owners) == 1 else None

    def dotted(self, node: ast.expr) -> str:
        """What is written, from its import on: ``asyncio.gather``; or nothing."""
        if isinstance(node, ast.Name) and node.id not in self.bound:
            return self.imported.get(node.id, "")
        if isinstance(node, ast.Attribute) and (start := self.dotted(node.value)):
            return f"{start}.{node.attr}"
        return ""

    def spelled(self, dotted: str) -> str | None:
        """The public name of what is imported, or reached from an import."""
        path, _, name = dotted.rpartition(".")
        owner, thing = found(path), found(dotted)
        if isinstance(owner, type):
            return self.member(owner, name)
        if not isinstance(owner, ModuleType) or thing is None:
            return None
        if isinstance(thing, ModuleType) or is_private(path):
            return None
        places = [*parents(path), *parents(str(getattr(thing, "__module__", "")))]
        return shortest(thing, name, places) or f"{path}:{name}"

    def generated(self, node: ast.Attribute, dotted: str) -> str | None:
        """An attribute of an imported object, where its library names it.

        ``pytest.mark`` and ``sqlalchemy.func`` answer to any name at all.
        """
        start = dotted.rpartition(".")[0]
        if is_everyday(type(found(start))) or not self.definitions(node):
            return None
        owner = self.spelled(start)
        return f"{owner}.{node.attr}" if owner else None

    def method(self, owner: type | None, node: ast.Attribute) -> str | None:
        """A method or an attribute of an object, if its class has it."""
        if owner is None or is_everyday(owner):
            return None
        if hasattr(owner, node.attr):
            return self.member(owner, node.attr)
        public = self.public(owner) if self.definitions(node) else None
        return f"{public}.{node.attr}" if public else None

    def member(self, owner: type, name: str) -> str | None:
        """What a class has, under the first public class that has it."""
        for kind in owner.__mro__:
            if hasattr(kind, name) and (public := self.public(kind)):
                return f"{public}.{name}"
        return None

    def public(self, kind: type) -> str | None:
        """The shortest importable name of a class; none for one nobody can import."""
        if is_private(kind.__qualname__):
            return None
        places = [*self.modules, *parents(kind.__module__)]
        if name := shortest(kind, kind.__qualname__, places):
            return name
        for module in self.modules:  # threading.Lock is _thread.lock
            for name, thing in sorted(vars(found(module)).items()):
                if thing is kind and not name.startswith("_"):
                    return f"{module}:{name}"
        return None

    @cached_property
    def modules(self) -> list[str]:
        """The modules that the file imports, or imports something from."""
        names = {*self.imported.values()}
        names |= {dotted.rpartition(".")[0] for dotted in names}
        return sorted(name for name in names if isinstance(found(name), ModuleType))

    def types(self, node: ast.expr) -> list[Name]:
        """What jedi takes an expression to be."""
        if isinstance(node, ast.Call):
            return [end for name in self.types(node.func) for end in name.execute()]
        if isinstance(node, ast.Name | ast.Attribute):
            return self.script.infer(*self.place(node))
        return []

    def definitions(self, node: ast.Attribute) -> list[Name]:
        """Where the attribute is defined."""
        return self.script.goto(*self.place(node), follow_imports=True)

    def place(self, node: ast.expr) -> tuple[int, int]:
        """Line and column of an expression's last character."""
        row = self.rows[node.end_lineno - 1]
        return node.end_lineno, len(row.encode()[: node.end_col_offset].decode()) - 1


def imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What each import of a library binds: ``("sa", "sqlalchemy")``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                whole = alias.name if alias.asname else alias.name.split(".")[0]
                if whole.split(".")[0] in LIBRARIES:
                    yield alias.asname or whole, whole
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                if node.module.split(".")[0] in LIBRARIES:
                    yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def bindings(tree: ast.Module) -> Iterator[str]:
    """The names that a program gives to things of its own, in whichever scope."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, (*DEFINES, ast.ExceptHandler)) and node.name:
            yield node.name


def attributes(scope: ast.AST) -> Iterator[ast.Attribute]:
    """Each attribute access, once for each way of writing it in a function."""
    written = set()
    nodes = [scope]
    for node in nodes:  # grows while it is walked
        if isinstance(node, ast.Attribute) and ast.unparse(node) not in written:
            written.add(ast.unparse(node))
            yield node
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (*DEFINES, ast.Lambda)):
                yield from attributes(child)
            else:
                nodes.append(child)


def class_of(name: Name) -> type | None:
    """The class that jedi means, or an instance of which it means."""
    kind = found(name.full_name or "") if name.type in ("class", "instance") else None
    return kind if isinstance(kind, type) else None


def is_own(name: Name) -> bool:
    """Whether an example defines this itself."""
    return bool(name.module_path and name.module_path.is_relative_to(SNIPPETS))


def owner_of(place: Name) -> type | None:
    """The class of a library in which an attribute is defined."""
    owner = found((place.full_name or "").rpartition(".")[0])
    return owner if isinstance(owner, type) and not is_own(place) else None


def is_private(path: str) -> bool:
    """Whether a dotted name has a part that is nobody else's business."""
    return any(part.startswith("_") for part in path.split("."))


def is_everyday(kind: type) -> bool:
    """Whether it is a built-in type such as ``str``; exceptions are not."""
    return kind.__module__ == "builtins" and not issubclass(kind, BaseException)


def parents(module: str) -> list[str]:
    """A module's packages and itself, with the public name of a private package."""
    parts = module.lstrip("_").split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


def shortest(thing: object, name: str, modules: list[str]) -> str | None:
    """The public module with the shortest path that has this very thing."""
    for module in sorted(modules, key=lambda path: path.count(".")):
        if not is_private(module) and found(f"{module}.{name}") is thing:
            return f"{module}:{name}"
    return None


def found(dotted: str) -> object:
    """The module, the class or the other thing of this name, if there is one."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        if module := imported_module(".".join(parts[:length])):
            return reduce(
                lambda thing, name: getattr(thing, name, None), parts[length:], module
            )
    return None


@cache
def imported_module(name: str) -> ModuleType | None:
    """The module of this name, imported; none where there is none."""
    try:
        return importlib.import_module(name) if name else None
    except ModuleNotFoundError:
        return None
