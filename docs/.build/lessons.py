"""What is known of a lesson: its place in the curriculum, its facts."""

import ast
import math
import re
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml
from packaging.specifiers import SpecifierSet

from page_source import read_source
from proofs import Proofs

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DOCS = HERE.parent
SNIPPETS = ROOT / "snippets"

LANGUAGES = {".py": "python", ".sql": "sql", ".toml": "toml"}  # of an example's files
SNIPPET = re.compile(r"[\w-]+(/[\w-]+)+(\.py|\.sql)?")
SUFFIX = re.compile(r"\.(py|sql)$")
WORDS_A_MINUTE = 180
MINUTES_AN_EXAMPLE = 0.75
DISTRIBUTIONS = {
    "aiohttp": "aiohttp",
    "psycopg": "psycopg[binary]",
    "pymysql": "pymysql",
    "pytest": "pytest",
    "pytest_asyncio": "pytest-asyncio",
    "sqlalchemy": "sqlalchemy",
}
NAMES = {"sqlalchemy": "SQLAlchemy", "psycopg[binary]": "psycopg", "pymysql": "PyMySQL"}


@dataclass(frozen=True)
class Part:
    """A part of the curriculum: its folder, and its lessons in their order."""

    title: str
    folder: str
    about: str
    lessons: dict[str, str]


@cache
def curriculum() -> list[Part]:
    """The parts in their order, from ``curriculum.yaml``."""
    rows = yaml.safe_load((HERE / "curriculum.yaml").read_text("utf-8"))
    return [
        Part(row["part"], row["folder"], row["about"].strip(), row["lessons"])
        for row in rows
    ]


def title_of(lesson: str) -> str:
    """A lesson's title: its page's own heading, else the curriculum's."""
    path = DOCS / f"{lesson}.md"
    if path.is_file():
        heading = re.search(r"^# (.+)$", path.read_text("utf-8"), re.MULTILINE)
        if heading:
            return heading[1]
    return next(p.lessons[lesson] for p in curriculum() if lesson in p.lessons)


def is_lesson(page: str) -> bool:
    """Whether the page (``concurrency/tasks``) is in the curriculum."""
    return any(page in part.lessons for part in curriculum())


def is_written(lesson: str) -> bool:
    """Whether the lesson has a page."""
    return (DOCS / f"{lesson}.md").is_file()


def files_of(path: str) -> list[Path]:
    """The files that an example block shows, the one that is run first.

    Empty for a path that leads nowhere, or out of ``snippets/``.
    """
    target = SNIPPETS / path
    if not SNIPPET.fullmatch(path):
        return []
    if target.is_file():
        return [target]
    found = [path for path in target.rglob("*") if path.suffix in LANGUAGES]
    return sorted(found, key=lambda path: (path.name != "main.py", path.as_posix()))


def idea(path: str) -> str:
    """An example's path without the suffix of its file, as recordings have it."""
    return SUFFIX.sub("", path)


def anchor(path: str) -> str:
    """The figure's id: the example's own name (``gather``)."""
    parts = idea(path).split("/")
    name = parts[-1].replace("_", "-")
    kinds = {"exercise": "exercise-", "wrong": "mistake-", "questions": "question-"}
    return kinds.get(parts[-2], "") + name


def is_question(path: str) -> bool:
    """Whether an example is one that a question is about."""
    return "/questions/" in path


def examples_on(page: str) -> list[str]:
    """The paths in a page's example, exercise and question blocks, in their order.

    Without those that lead nowhere: the gate speaks of them.
    """
    paths = read_source(DOCS / f"{page}.md", ROOT).examples
    return [path for path in paths if files_of(path)]


def imports(path: Path) -> frozenset[str]:
    """The top-level names of the modules a file imports."""
    if path.suffix != ".py":
        return frozenset()
    return imported_by(path.read_text("utf-8"))


@cache
def imported_by(source: str) -> frozenset[str]:
    """The top-level names of the modules that a program imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return frozenset(names)


def dependencies(files: list[Path]) -> list[str]:
    """What must be installed to run these files."""
    names = {name for path in files for name in imports(path)}
    own = {path.stem for path in files} | {"exercise"}
    unknown = names - sys.stdlib_module_names - own - DISTRIBUTIONS.keys()
    if unknown:
        raise ValueError(f"{files[0]}: no distribution is known for {unknown}")
    return sorted(DISTRIBUTIONS[name] for name in names & DISTRIBUTIONS.keys())


def minutes(text: str, examples: int) -> int:
    """How long a page takes to read."""
    prose = re.sub(r"^---.*?^---|^```.*?^```", "", text, flags=re.M | re.S)
    words = len(re.findall(r"\w+", prose))
    return math.ceil(words / WORDS_A_MINUTE + examples * MINUTES_AN_EXAMPLE)


def fact_lines(
    page: str,
    meta: dict,
    markdown: str,
    proofs: Proofs | None,
    changed: datetime | None = None,
    where: str = "",
) -> str:
    """The two lines under a lesson's title, as Markdown.

    ``where`` says in words where its examples run.
    """
    shown = examples_on(page)
    files = [path for block in shown for path in files_of(block)]
    needs = [link_to(lesson, page) for lesson in meta.get("needs", [])]
    programs = [path for path in files if "exercise" not in path.parts]
    uses = [NAMES.get(name, name) for name in dependencies(programs)]
    facts = [
        str(meta.get("level", "")).capitalize(),
        f"{minutes(markdown, len(shown))} minutes",
        f"needs {', '.join(needs)}" if needs else "",
        "Python 3.11 or newer",
        f"with {', '.join(uses)}" if uses else "standard library only",
        f"[{where}]({'../' * page.count('/')}where.md)" if where else "",
        f"changed {changed.day} {changed:%B %Y}" if changed else "",
    ]
    lines = " · ".join(fact for fact in facts if fact) + "\n{ .facts }\n"
    if proofs and files:
        proven = proven_line(page, len(shown), files, uses, proofs)
        lines += f"\n{proven}\n{{ .proven }}\n"
    return lines


def home_line(markdown: str, proofs: Proofs | None) -> str:
    """The home page with a line below its promise: how many programs, on what."""
    if proofs is None:
        return markdown
    rows = [row for run in proofs.runs for row in run["proofs"]]
    programs = {row["example"] for row in rows if "example" in row}
    names = [run["interpreter"].removeprefix("cpython-") for run in proofs.runs]
    servers = {name for row in rows for name in row.get("servers", {}).values()}
    places = [f"CPython {', '.join(in_order(names))}", *sorted(servers)]
    noun = "program" if len(programs) == 1 else "programs"
    line = f"[{len(programs)} {noun} ran on {' · '.join(places)}](proven.md)"
    promise = "{ .promise }\n"
    return markdown.replace(promise, f"{promise}\n{line}\n{{ .proven }}\n", 1)


def in_order(versions: Iterable[str]) -> list[str]:
    """Version numbers, the oldest first."""
    return sorted(versions, key=lambda v: [int(n) for n in v.split(".")])


def link_to(lesson: str, page: str) -> str:
    """A lesson by its title: linked where it is written, named where it is not."""
    if is_written(lesson):
        up = "../" * page.count("/")
        return f"[{title_of(lesson)}]({up}{lesson}.md)"
    return f"*{title_of(lesson)}*"


def proven_line(
    page: str, examples: int, files: list[Path], uses: list[str], proofs: Proofs
) -> str:
    """What was run, on what, and when; linked to the run's record."""
    proven = [
        proofs.proven_on(LANGUAGES[path.suffix], path.read_text("utf-8"))
        for path in files
    ]
    versions = in_order(set.union(set(), *map(set, proven)))
    missing = sum(1 for versions_of in proven if not versions_of)
    servers = {
        name
        for path in files
        for name in proofs.servers(LANGUAGES[path.suffix], path.read_text("utf-8"))
    }
    packages = [
        f"{name} {proofs.current['packages'][name.lower()]}"
        for name in uses
        if name.lower() in proofs.current["packages"]
    ]
    made = datetime.fromisoformat(proofs.current["made"])
    words = [
        f"{examples} examples run",
        f"CPython {', '.join(versions)}" if versions else "on no interpreter yet",
        *packages,
        *sorted(servers),
        f"{made.day} {made:%B %Y}",
    ]
    if missing:
        words.append(f"**{missing} not run here**")
    up = "../" * page.count("/")
    return f"[{' · '.join(words)}]({up}proven/{page}.md)"


def runs_on(path: Path) -> str:
    """The oldest Python a file needs, from its lesson's ``examples.toml``."""
    return special(path).get("python", ">=3.11")


def special(path: Path) -> dict:
    """What ``examples.toml`` says of the example this file belongs to."""
    lesson = SNIPPETS / "/".join(path.relative_to(SNIPPETS).parts[:2])
    if path.relative_to(SNIPPETS).parts[0] == "worlds":
        lesson = SNIPPETS / "worlds"
    if is_question(path.as_posix()):
        lesson = path.parent
    file = lesson / "examples.toml"
    if not file.is_file():
        return {}
    name = idea(path.relative_to(lesson).parts[0])
    return tomllib.loads(file.read_text("utf-8")).get(name, {})


def newest_only(path: Path) -> str:
    """``3.13+`` where an example needs more than the site's oldest Python."""
    wanted = SpecifierSet(runs_on(path))
    older = [minor for minor in range(11, 20) if f"3.{minor}" in wanted]
    return "" if older and older[0] == 11 else f"3.{older[0]}+"
