"""Running an example in a process of its own, and judging what it did."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from proving import services
from proving.examples import Example
from proving.layout import relative
from proving.normalise import normalise
from proving.processes import GRACE, end_survivors

LIMIT = 10.0  # seconds an example may take
HANG = "hang.txt"  # written by child.py when the limit is reached
HERE = Path(__file__).parent
ENVIRONMENT = {
    "COLUMNS": "80",
    "LINES": "24",
    "NO_COLOR": "1",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
}
CAN_FORK = hasattr(os, "fork")
TRACEBACK = "Traceback (most recent call last)"


@dataclass(frozen=True)
class Run:
    """What one run did. ``output`` is normalised and ready to compare."""

    output: str
    status: int
    problems: list[str] = field(default_factory=list)


class Runner:
    """Runs examples; one runner serves one thread at a time.

    ``fresh`` starts a new interpreter for every example instead of forking
    from a warm one: slower, and blind to nothing.
    """

    def __init__(self, fresh: bool = False) -> None:
        self.fresh = fresh or not CAN_FORK
        self.nursery: subprocess.Popen[str] | None = None

    def run(self, example: Example) -> Run:
        """Run the example once and say everything that is wrong with it."""
        root = Path(tempfile.mkdtemp(prefix="proven-")).resolve()
        try:
            lay_out(example, root)
            job = {
                "root": str(root),
                "program": example.program,
                "arguments": example.arguments,
                "limit": LIMIT,
                "environment": services.environment(example.services),
            }
            end = self.start_fresh(job) if self.fresh else self.fork(job)
            return judge(example, root, **end)
        finally:
            shutil.rmtree(root, ignore_errors=True)

    def fork(self, job: dict) -> dict:
        """Have a warm nursery fork the job."""
        if self.nursery is None:
            self.nursery = start_nursery()
        self.nursery.stdin.write(json.dumps(job) + "\n")
        self.nursery.stdin.flush()
        answer = self.nursery.stdout.readline()
        if not answer:
            raise RuntimeError("the process that forks the examples has died")
        return json.loads(answer)

    def start_fresh(self, job: dict) -> dict:
        """Run the job in a new interpreter."""
        root = Path(job["root"])
        file = root / "job.json"
        file.write_text(json.dumps(job), "utf-8")
        process = subprocess.Popen(
            [sys.executable, str(HERE / "child.py"), str(file)],
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            status = process.wait(LIMIT + GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            status = None
        survivors = hasattr(os, "killpg") and end_survivors(process.pid)
        return {"status": status, "survivors": survivors}

    def close(self) -> None:
        """End the nursery."""
        if self.nursery is not None:
            self.nursery.stdin.close()
            self.nursery.wait()
            self.nursery.stdout.close()
            self.nursery = None


def environment() -> dict[str, str]:
    """The fixed environment of every run."""
    keep = {
        name: os.environ[name]
        for name in ("PATH", "SYSTEMROOT", "HOME", "LANG")
        if name in os.environ
    }
    return keep | ENVIRONMENT


def start_nursery() -> subprocess.Popen[str]:
    """Start a nursery and wait until it is warm."""
    nursery = subprocess.Popen(
        [sys.executable, str(HERE / "nursery.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
        text=True,
        encoding="utf-8",
    )
    if nursery.stdout.readline() != "warm\n":
        raise RuntimeError("the process that forks the examples did not start")
    return nursery


class Runners:
    """As many runners as there are threads asking."""

    def __init__(self, fresh: bool = False) -> None:
        self.fresh = fresh
        self.mine = threading.local()
        self.all: list[Runner] = []

    def run(self, example: Example) -> Run:
        """Run the example with this thread's runner."""
        if not hasattr(self.mine, "runner"):
            self.mine.runner = Runner(self.fresh)
            self.all.append(self.mine.runner)
        return self.mine.runner.run(example)

    def close(self) -> None:
        """End every nursery."""
        for runner in self.all:
            runner.close()


def lay_out(example: Example, root: Path) -> None:
    """The run's folder: ``work`` with the example's files, and ``tmp``."""
    (root / "tmp").mkdir()
    for name, path in example.files.items():
        target = root / "work" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def judge(example: Example, root: Path, status: int | None, survivors: bool) -> Run:
    """Read what the run left, and list all that makes it red."""
    stdout = read(root / "stdout")
    stderr = read(root / "stderr")
    shows_errors = example.stderr or example.ends_in
    output = stdout + (stderr if shows_errors else "")
    report = read_report(root)
    problems = [
        *hung(example, root, status),
        *wrong_end(example, status, stderr),
        *([] if shows_errors else noise(example, status, stderr)),
        *(f"{at(example)}: {fault}" for fault in report["faults"]),
        *left_behind(example, root, survivors),
    ]
    if not problems:
        problems += never_entered(example, report["entered"])
    return Run(output, 0 if status is None else status, problems)


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


def hung(example: Example, root: Path, status: int | None) -> Iterator[str]:
    """Was it still running at the limit, and where?"""
    path = root / HANG
    stack = path.read_text("utf-8") if path.exists() else ""
    if stack or status is None:
        file, line = last_line(example, stack, first=True)
        yield (
            f"{file}:{line}: still running here after {LIMIT:.0f} seconds; "
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
    told_already = status != example.exit and TRACEBACK in stderr
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
        if not name.endswith(".py") or (example.exit and "exercise" in example.id):
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
