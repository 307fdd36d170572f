"""Finding the examples: what there is to run in ``snippets/``, and how.

An example is a file (a program, or statements of SQL), a folder (where a lesson
is about several files) or one of the runs of an exercise: its tests on the starter,
on the solution and on each of the wrong solutions. The programs that a lesson asks
about are in its folder ``questions``. What is special about an example stands in
the ``examples.toml`` of its folder; see :data:`KEYS`.
"""

import re
import shlex
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from proving.layout import SNIPPETS, relative

KEYS = {
    "command": "how the reader runs it, when it is not `python FILE`",
    "ends_in": "the exception the program must end in",
    "exit": "the exit status it must have",
    "stderr": "true: what it writes to stderr is recorded too",
    "any_order": "true: its lines may come in any order",
    "never_runs": "functions that the run never enters, on purpose",
    "python": "the versions it can run on, such as '>=3.13'",
    "services": "the real servers it needs",
    "databases": "those it is run on, when it is not all three",
    "differs": "databases on which it prints something else, which is recorded too",
    "sql_any_order": "true: SQLAlchemy does not fix the order of its statements",
    "timeline": "true: what its tasks or threads do, in order, is recorded too",
}
# The first is the one a reader's own run uses; the others are given to it instead.
DATABASES = ("sqlite", "postgresql", "mariadb")
ENGINE = re.compile(r"""\bcreate_(async_)?engine\(\s*["']sqlite""")
PROGRAMS = ("python", "pytest", "sqlite3")
SUFFIXES = (".py", ".toml")  # of the files of a folder example
STATEMENTS = ".sql"
WRONG = 2  # solutions that an exercise's tests have to catch, at least
QUESTIONS = "questions"
TEST_COMMAND = "pytest -q --no-header --tb=line test_exercise.py"


class BadSnippet(Exception):
    """Something in ``snippets/`` that cannot be run; the message says what to do."""


@dataclass(frozen=True)
class Example:
    """One thing to run: its files, its command and what is special about it."""

    id: str
    files: dict[str, Path]
    command: str
    recording: Path
    ends_in: str | None = None
    exit: int = 0
    stderr: bool = False
    any_order: bool = False
    never_runs: tuple[str, ...] = ()
    python: str = ""
    services: tuple[str, ...] = ()
    databases: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    sql_any_order: bool = False
    timeline: bool = False
    role: str = ""  # in an exercise: starter, solution or wrong
    declared: dict[str, object] = field(default_factory=dict)

    @property
    def source(self) -> Path:
        """The file that messages point at: the one the command runs."""
        for word in self.arguments:
            if word in self.files:
                return self.files[word]
        return next(iter(self.files.values()))

    @property
    def recordings(self) -> dict[str, Path]:
        """Its recordings, by the end of their names: ``.out``, ``.sqlite.sql``, …"""
        ends = [".out", *(f".{name}.out" for name in self.differs)]
        sends = self.databases if self.program == "python" else ()
        ends += [f".{name}{STATEMENTS}" for name in sends]
        ends += [".timeline"] if self.timeline else []
        return {end: self.recording.with_suffix(end) for end in ends}

    @property
    def must_fail(self) -> bool:
        """Whether it is there to fail an exercise's tests."""
        return self.role in ("starter", "wrong")

    @property
    def program(self) -> str:
        """One of :data:`PROGRAMS`."""
        return shlex.split(self.command)[0]

    @property
    def arguments(self) -> list[str]:
        """The words of the command after the program."""
        return shlex.split(self.command)[1:]

    def runs_on(self, version: tuple[int, ...] = sys.version_info[:3]) -> bool:
        """Whether this version of Python can run it."""
        return SpecifierSet(self.python).contains(".".join(map(str, version)))


def examples() -> list[Example]:
    """Every example in ``snippets/``, in the order of their ids."""
    lessons = sorted(p for p in SNIPPETS.glob("*/*") if is_folder(p))
    worlds = [SNIPPETS / "worlds"] if (SNIPPETS / "worlds").is_dir() else []
    lessons = worlds + [p for p in lessons if p.parent.name != "worlds"]
    lessons += [p / QUESTIONS for p in lessons if (p / QUESTIONS).is_dir()]
    found = [example for lesson in lessons for example in of_lesson(lesson)]
    return sorted(found, key=lambda example: example.id)


def is_folder(path: Path) -> bool:
    """A folder of ours, not one that Python or an editor left."""
    return path.is_dir() and not path.name.startswith((".", "__"))


def of_lesson(lesson: Path) -> list[Example]:
    """The examples of one lesson's folder, with its ``examples.toml`` applied."""
    special = read_special(lesson)
    found = list(plain_examples(lesson, special))
    for name in special.keys() - {Path(example.id).name for example in found}:
        raise BadSnippet(
            f"{where(lesson, f'[{name}]')}: there is no example '{name}' here; "
            "name a file without its .py, or a folder"
        )
    return found


def plain_examples(lesson: Path, special: dict[str, dict]) -> Iterator[Example]:
    """Walk one folder: files, folder examples, the exercise; not its questions."""
    folder = lesson.relative_to(SNIPPETS).as_posix()
    for path in sorted(lesson.iterdir()):
        name = path.stem
        if path.suffix == ".py" and name != "__init__":
            check_name(path)
        if is_program(path):
            yield build(
                lesson, f"{folder}/{name}", {path.name: path}, special.get(name, {})
            )
        elif is_folder(path) and name == "exercise":
            yield from exercise(path, f"{folder}/exercise")
        elif is_folder(path) and name != QUESTIONS:
            files = {
                file.relative_to(path).as_posix(): file
                for file in sorted(path.rglob("*"))
                if file.is_file() and "__pycache__" not in file.parts
            }
            check_suffixes(files.values())
            yield build(lesson, f"{folder}/{name}", files, special.get(name, {}))


def is_program(path: Path) -> bool:
    """Whether this file is an example; ``idea.sqlite.sql`` is a recording of one."""
    if path.suffix == STATEMENTS:
        return "." not in path.stem
    return path.suffix == ".py" and path.stem != "__init__"


def check_suffixes(files: Iterable[Path]) -> None:
    """Refuse a file that no check knows."""
    for file in files:
        if file.suffix not in SUFFIXES:
            raise BadSnippet(
                f"{relative(file)}:1: nobody can prove a file of this kind; "
                f"an example has {', '.join(SUFFIXES)} files"
            )


def build(lesson: Path, id: str, files: dict[str, Path], keys: dict) -> Example:
    """An example with what its lesson says of it."""
    recording = SNIPPETS / f"{id}.out"
    command = keys.get("command")
    if command is None:
        if len(files) != 1:
            raise BadSnippet(
                f"{relative(lesson)}/examples.toml:1: the folder example "
                f"'{Path(id).name}' has no command; add [{Path(id).name}] "
                'with command = "python FILE" or "pytest …"'
            )
        (name,) = files
        command = f"python {name}" if name.endswith(".py") else f"sqlite3 -box < {name}"
    if shlex.split(command)[0] not in PROGRAMS:
        raise BadSnippet(
            f"{where(lesson, command)}: '{command}' cannot be run; "
            f"a command starts with {', '.join(PROGRAMS)}"
        )
    return Example(
        id=id,
        files=files,
        command=command,
        recording=recording,
        ends_in=keys.get("ends_in"),
        exit=keys.get("exit", 1 if "ends_in" in keys else 0),
        stderr=keys.get("stderr", False),
        any_order=keys.get("any_order", False),
        never_runs=tuple(keys.get("never_runs", ())),
        python=keys.get("python", ""),
        services=tuple(keys.get("services", ())),
        databases=tuple(keys.get("databases", databases(command, files))),
        differs=tuple(keys.get("differs", ())),
        sql_any_order=keys.get("sql_any_order", False),
        timeline=keys.get("timeline", False),
        declared=keys,
    )


def databases(command: str, files: dict[str, Path]) -> tuple[str, ...]:
    """The databases a program is run on: computed from how it opens one."""
    if command.startswith("sqlite3 "):
        return ("sqlite",)
    if not command.startswith("python "):
        return ()
    programs = [path for path in files.values() if path.suffix == ".py"]
    source = "\n".join(path.read_text("utf-8") for path in programs)
    if ENGINE.search(source):
        return DATABASES
    return ("sqlite",) if "sqlite3.connect(" in source else ()


def exercise(folder: Path, id: str) -> Iterator[Example]:
    """An exercise's runs: its tests on the starter, the solution, the wrong ones."""
    tests = folder / "test_exercise.py"
    for needed in (folder / "starter.py", tests, folder / "solution.py"):
        if not needed.is_file():
            raise BadSnippet(
                f"{relative(needed)}:1: this file is missing; an exercise "
                "has starter.py, solution.py and test_exercise.py"
            )
    wrong = [path.stem for path in sorted(folder.glob("wrong/*.py"))]
    if len(wrong) < WRONG:
        raise BadSnippet(
            f"{relative(tests)}:1: tests have to catch at least {WRONG} wrong "
            f"solutions, and here is {len(wrong)}; write the common mistakes as "
            "wrong/MISTAKE.py beside them"
        )
    names = ["starter", "solution", *(f"wrong/{name}" for name in wrong)]
    for name in names:
        yield Example(
            id=f"{id}/{name}",
            files={"exercise.py": folder / f"{name}.py", "test_exercise.py": tests},
            command=TEST_COMMAND,
            recording=folder / f"{name}.out",
            exit=0 if name == "solution" else 1,
            role=name.split("/")[0],
        )


def read_special(lesson: Path) -> dict[str, dict]:
    """The lesson's ``examples.toml``, refused where it says what nobody reads."""
    path = lesson / "examples.toml"
    if not path.is_file():
        return {}
    try:
        special = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadSnippet(f"{relative(path)}:1: not TOML: {error}") from None
    for name, keys in special.items():
        for key in keys.keys() - KEYS.keys():
            raise BadSnippet(
                f"{where(lesson, key)}: unknown key '{key}' of [{name}]; "
                f"the keys are {', '.join(KEYS)}"
            )
        try:
            SpecifierSet(keys.get("python", ""))
        except InvalidSpecifier:
            raise BadSnippet(
                f"{where(lesson, 'python')}: '{keys['python']}' is no range of "
                "versions; write for example '>=3.13'"
            ) from None
    return special


def where(lesson: Path, text: str) -> str:
    """``file:line`` of the text in the lesson's ``examples.toml``."""
    path = lesson / "examples.toml"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    line = next((n for n, row in enumerate(lines, 1) if text in row), 1)
    return f"{relative(path)}:{line}"


@cache
def taken_names() -> set[str]:
    """The modules of the standard library and of everything installed."""
    return sys.stdlib_module_names | packages_distributions().keys()


def check_name(path: Path) -> None:
    """Refuse a program that would hide a module from others in its folder."""
    if path.stem in taken_names():
        raise BadSnippet(
            f"{relative(path)}:1: a file of this name hides the module "
            f"'{path.stem}' from every program beside it; rename it"
        )
