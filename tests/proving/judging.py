"""Judging what a run did: everything that makes an example red, with its line."""

import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from proving import exercises, statements, timelines
from proving.examples import Example
from proving.layout import relative
from proving.normalise import normalise

HANG = "hang.txt"  # written by child.py when the limit is reached
TRACE = "trace.json"  # written by tracer.py
FAILED_STATEMENT = re.compile(r'^File ".+\.sql", line (?P<line>\d+): (?P<why>.+)')
TRACEBACK = "Traceback (most recent call last)"


@dataclass(frozen=True)
class Run:
    """What one run did. ``output`` is normalised and ready to compare.

    ``evidence`` has what was recorded beside it, by the end of the recording's
    name (:attr:`Example.recordings`); ``seconds`` is what it took, start included.
    """

    output: str
    status: int
    problems: list[str] = field(default_factory=list)
    evidence: dict[str, str] = field(default_factory=dict)
    seconds: float = field(default=0.0, compare=False)


def judge(
    example: Example,
    root: Path,
    limit: float,
    database: str,
    status: int | None,
    survivors: bool,
) -> Run:
    """Read what the run left, and list all that makes it red."""
    stdout = read(root / "stdout")
    stderr = read(root / "stderr")
    shows_errors = example.stderr or example.ends_in
    output = stdout + (stderr if shows_errors else "")
    report = read_report(root)
    problems = [
        *hung(example, root, limit, status),
        *(
            exercises.wrong_failure(example, status, output)
            if example.must_fail
            else wrong_end(example, status, stderr)
        ),
        *([] if shows_errors else noise(example, status, stderr)),
        *(f"{at(example)}: {fault}" for fault in report["faults"]),
        *left_behind(example, root, survivors),
    ]
    if not problems:
        problems += never_entered(example, report["entered"])
    found = evidence(example, root, database)
    problems += impossible(example, found.get(".timeline", ""))
    return Run(output, 0 if status is None else status, problems, found)


def evidence(example: Example, root: Path, database: str) -> dict[str, str]:
    """What was recorded beside the output; nothing of a run that was killed."""
    found = {}
    if (path := root / "sent.json").is_file():
        sent = json.loads(path.read_text("utf-8"))
        text = normalise(statements.recording(example, sent))
        found[f".{database}.sql"] = text
    if (path := root / TRACE).is_file():
        found[".timeline"] = timelines.text_of(path)
    return found


def impossible(example: Example, timeline: str) -> Iterator[str]:
    """What the trace says of threads, and cannot be: then the tracer is wrong."""
    if timeline.startswith("time | thread"):
        for problem in timelines.violations(timeline):
            yield f"{at(example)}: its timeline contradicts itself: {problem}"


def read(path: Path) -> str:
    """A file the run wrote, normalised; empty when it never came that far."""
    text = path.read_text("utf-8", errors="replace") if path.exists() else ""
    return normalise(text)


def read_report(root: Path) -> dict:
    """The child's report; empty when it was killed."""
    path = root / "report.json"
    if path.exists() and path.stat().st_size:
        return json.loads(path.read_text("utf-8"))
    return {"faults": [], "entered": None}


def at(example: Example, line: int = 1) -> str:
    """``file:line`` in the example's source."""
    return f"{relative(example.source)}:{line}"


def last_line(example: Example, traceback: str, first: bool = False) -> tuple[str, int]:
    """File and line of a traceback's deepest frame in the example's own files."""
    own = [
        (example.files[name], int(line))
        for name, line in re.findall(r'File "(?:.*/)?([^"/]+)", line (\d+)', traceback)
        if name in example.files
    ]
    path, line = (own[0 if first else -1]) if own else (example.source, 1)
    return relative(path), line


def hung(
    example: Example, root: Path, limit: float, status: int | None
) -> Iterator[str]:
    """Was it still running at the limit, and where?"""
    path = root / HANG
    stack = path.read_text("utf-8") if path.exists() else ""
    if stack or status is None:
        file, line = last_line(example, stack, first=True)
        yield (
            f"{file}:{line}: still running here after {limit:.0f} seconds; "
            "an example ends by itself"
        )


def wrong_end(example: Example, status: int | None, stderr: str) -> Iterator[str]:
    """Did it end in another way than it says?"""
    if status is None or status == example.exit:
        if example.ends_in and not ends_in(stderr, example.ends_in):
            yield (
                f"{at(example)}: it should end in {example.ends_in}, and did not; "
                "correct `ends_in` in examples.toml or the program"
            )
        return
    if TRACEBACK in stderr:
        file, line = last_line(example, stderr)
        error = stderr.strip().splitlines()[-1].strip(" |+-")
        yield (
            f"{file}:{line}: raised {error}; mend it, or say in examples.toml: "
            f'ends_in = "{error.split(":")[0]}"'
        )
    elif failure := FAILED_STATEMENT.search(stderr):
        (source,) = example.files.values()
        yield f"{relative(source)}:{failure['line']}: SQLite says: {failure['why']}"
    else:
        yield (
            f"{at(example)}: exit status {status}, expected {example.exit}; "
            "mend it, or say `exit` in examples.toml"
        )


def ends_in(stderr: str, error: str) -> bool:
    """Whether the traceback's own last line names this exception."""
    pattern = rf"^(  [+|] )*(\w+\.)*{re.escape(error)}(:|$| )"
    return re.search(pattern, stderr, re.MULTILINE) is not None


def noise(example: Example, status: int | None, stderr: str) -> Iterator[str]:
    """Everything on stderr is a finding, unless the example announces it."""
    told = TRACEBACK in stderr or FAILED_STATEMENT.search(stderr)
    told_already = status != example.exit and told
    if stderr.strip() and not told_already:
        file, line = last_line(example, stderr)
        lines = [row.strip() for row in stderr.strip().splitlines()]
        telling = [row for row in lines if re.match(r"\w*(Warning|Error)\b", row)]
        text = (telling or lines)[-1]
        yield f"{file}:{line}: wrote to stderr: {text}; mend what it complains of"


def left_behind(example: Example, root: Path, survivors: bool) -> Iterator[str]:
    """Files in the run's folder, processes in its group."""
    before = {root / "work" / name for name in example.files}
    before |= {parent for path in before for parent in path.parents}
    for path in sorted((root / "work").rglob("*")):
        if path not in before and path.name != "__pycache__":
            name = path.relative_to(root / "work").as_posix()
            yield f"{at(example)}: left the file {name} behind; remove it"
    for path in sorted((root / "tmp").iterdir()):
        if not path.name.startswith("pytest-of-"):
            yield (
                f"{at(example)}: left {path.name} in the temporary folder; "
                "use `with tempfile.TemporaryDirectory()`"
            )
    if survivors:
        yield f"{at(example)}: left a process running; wait for it or end it"


def never_entered(example: Example, entered: list | None) -> Iterator[str]:
    """Functions whose body no line of the run entered (Python 3.12+)."""
    if sys.version_info < (3, 12) or entered is None:
        return
    seen = {(name, line) for name, line in entered}
    idle = set()
    for name, path in example.files.items():
        if not name.endswith(".py") or example.must_fail:
            continue
        for function in functions(path.read_text("utf-8")):
            if (function.name, first_line(function)) in seen:
                continue
            if function.name in example.never_runs:
                idle.add(function.name)
                continue
            yield (
                f"{relative(path)}:{function.lineno}: the run never enters "
                f"{function.name}(); call it, or delete it"
            )
    for name in set(example.never_runs) - idle:
        yield (
            f"{at(example)}: examples.toml says {name}() never runs, and it does "
            "(or is not there); delete it from never_runs"
        )


def functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function with a body that does something."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if not all(is_empty(statement) for statement in node.body):
            yield node


def is_empty(statement: ast.stmt) -> bool:
    """A docstring, ``...``, ``pass`` or ``raise NotImplementedError``."""
    if isinstance(statement, ast.Raise):
        return "NotImplementedError" in ast.dump(statement)
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def first_line(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Where the compiler says the function begins: at its first decorator."""
    return min([function.lineno, *(d.lineno for d in function.decorator_list)])
