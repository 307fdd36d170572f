"""The record of each example's run: what, on which versions, when, for how long.

One page a lesson, ``proven/concurrency/tasks.md``, with a section for each
example, to which its badge leads.
"""

from collections.abc import Iterator
from pathlib import Path

import lessons
import sent
from lessons import NAMES, SNIPPETS
from mistakes import mistakes
from proofs import Proofs, version

FOLDER = "proven"


def record_of(page: str) -> str:
    """Where the record of a page's examples stands: ``proven/concurrency/tasks``."""
    return f"{FOLDER}/{'home' if page == 'index' else page}"


def record_page(page: str, title: str, paths: list[str], known: Proofs) -> str:
    """The record of every example on a page, as Markdown."""
    up = "../" * record_of(page).count("/")
    lines = [f"# Record of the run: {title}", ""]
    lines += [f"The examples of [{title}]({up}{page}.md); [how it was proven]"]
    lines[-1] += f"({up}{FOLDER}.md) says by which rules."
    lines += ["", *runs_of(known)]
    for target in (target for path in paths for target in targets(path)):
        files = lessons.files_of(target)
        lines += ["", f"## {name_of(files[0])} {{ #{lessons.anchor(target)} }}", ""]
        lines += section(files, known)
    return "\n".join(lines) + "\n"


def runs_of(known: Proofs) -> Iterator[str]:
    """The runs that all records speak of, as a list."""
    for run in sorted(known.runs, key=lambda run: version(run["interpreter"])):
        made = run["made"].replace("T", " ")[:16]
        commit = f"commit {run['commit']}" if run["commit"] else "no commit"
        yield f"- {named(run)} on {run['platform']}, {commit}, {made} UTC"


def targets(path: str) -> list[str]:
    """What is run of an example block: itself, or each attempt at an exercise."""
    if path.endswith("/exercise"):
        both = [f"{path}/starter.py", f"{path}/solution.py"]
        return both + mistakes(path)
    return [path]


def files_run(path: str) -> list[Path]:
    """The files that the runs of an example block begin with."""
    return [lessons.files_of(target)[0] for target in targets(path)]


def name_of(file: Path) -> str:
    """``gather.py``, or the folder of an example of several files."""
    parts = file.relative_to(SNIPPETS).parts
    return "/".join(parts[1:] if parts[0] == "worlds" else parts[2:])


def section(files: list[Path], known: Proofs) -> Iterator[str]:
    """One example: how it was run, and with what result, by each interpreter."""
    rows = known.runs_of(files[0])
    proven = [row for _, row in rows if "not_run" not in row]
    if proven:
        yield f"{proven[0]['check'].capitalize()}; {equal(proven[0])}."
    if uses := libraries(files, known):
        yield f"With {uses}."
    yield ""
    for run, row in rows:
        took = " · ".join(times(row))
        yield f"- {named(run)}: {result(row)}{f' ({took})' if took else ''}"


def named(run: dict) -> str:
    """``CPython 3.13.0``"""
    return run["interpreter"].replace("cpython-", "CPython ")


def result(row: dict) -> str:
    """What came of one run, and what it had to leave out."""
    if "not_run" in row:
        return f"**not run**: {row['not_run']}"
    left_out = (f"; **not run on {n}**: {how}" for n, how in missing(row))
    return "equal to the recording" + "".join(left_out)


def equal(row: dict) -> str:
    """What was compared."""
    servers = list(row.get("servers", {}).values())
    if len(servers) > 1:
        return f"once on each of {', '.join(servers)}"
    return f"with {servers[0]}" if servers else "in an empty folder"


def times(row: dict) -> Iterator[str]:
    """``0.05 s``, or one time for each database."""
    for database, seconds in row.get("seconds", {}).items():
        yield f"{sent.NAMES.get(database, '')} {seconds:.2f} s".strip()


def missing(row: dict) -> Iterator[tuple[str, str]]:
    """The databases it was not run on, and how it would be."""
    for database, how in row.get("missing", {}).items():
        yield sent.NAMES[database], how


def libraries(files: list[Path], known: Proofs) -> str:
    """The libraries they use, with their versions."""
    packages = known.current["packages"]
    names = [name.partition("[")[0] for name in lessons.dependencies(files)]
    return ", ".join(
        f"{NAMES.get(name, name)} {packages[name]}"
        for name in names
        if name in packages
    )
