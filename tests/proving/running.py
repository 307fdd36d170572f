"""Running an example in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

from proving import services
from proving.examples import Example
from proving.judging import Run, judge
from proving.layout import relative
from proving.processes import GRACE, end_survivors
from proving.scratch import new_folder

LIMIT = 10.0  # seconds an example may take
# Some of them wait at any time, so that half as many again keep all cores busy.
AT_ONCE = 3 * (os.cpu_count() or 2) // 2
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


class Runner:
    """Runs examples; one runner serves one thread at a time.

    ``fresh`` starts a new interpreter for every example instead of forking
    from a warm one: slower, and blind to nothing. So do the first ``warm_after``
    examples in any case: for a few, warming up costs more than it saves.
    """

    def __init__(self, fresh: bool = False, warm_after: int = 3) -> None:
        self.fresh = fresh or not CAN_FORK
        self.still_fresh = warm_after
        self.nursery: subprocess.Popen[str] | None = None

    def run(self, example: Example, database: str = "") -> Run:
        """Run the example and say everything that is wrong with it.

        ``database`` is one of its databases: its engines are given that one,
        and what it sends is recorded. Raises :class:`NoService`. An example that
        leaves a timeline runs twice: as its reader runs it, and traced.
        """
        run = self.run_once(example, database)
        if run.problems or not example.timeline:
            return run
        traced = self.run_once(example, database, traced=True)
        problems = traced.problems + not_the_same(example, run, traced)
        return replace(run, problems=problems, evidence=traced.evidence)

    def run_once(self, example: Example, database: str, traced: bool = False) -> Run:
        """One run, in a folder of its own."""
        root = new_folder("")
        try:
            lay_out(example, root)
            with (
                services.databases(example.services) as environment,
                services.engines(database) as engines,
            ):
                job = {
                    "root": str(root),
                    "program": example.program,
                    "arguments": example.arguments,
                    "limit": LIMIT,
                    "environment": environment,
                    "engines": engines,
                    "traced": traced,
                }
                fresh = self.fresh or self.still_fresh > 0
                self.still_fresh -= 1
                begin = time.perf_counter()
                end = self.start_fresh(job) if fresh else self.fork(job)
                seconds = time.perf_counter() - begin
            run = judge(example, root, LIMIT, database, **end)
            return replace(run, seconds=round(seconds, 3))
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

    def run(self, example: Example, database: str = "") -> Run:
        """Run the example with this thread's runner."""
        if not hasattr(self.mine, "runner"):
            self.mine.runner = Runner(self.fresh)
            self.all.append(self.mine.runner)
        return self.mine.runner.run(example, database)

    def close(self) -> None:
        """End every nursery."""
        for runner in self.all:
            runner.close()


def not_the_same(example: Example, plain: Run, traced: Run) -> list[str]:
    """Tracing changes no output, and there is something to trace."""
    if traced.problems:
        return []
    where = f"{relative(example.source)}:1"
    if sorted(plain.output.splitlines()) != sorted(traced.output.splitlines()):
        return [
            f"{where}: prints something else while it is traced; "
            "delete `timeline` from its examples.toml"
        ]
    if not traced.evidence[".timeline"]:
        return [
            f"{where}: has neither two tasks nor two threads; "
            "delete `timeline` from its examples.toml"
        ]
    return []


def lay_out(example: Example, root: Path) -> None:
    """The run's folder: ``work`` with the example's files, and ``tmp``."""
    (root / "tmp").mkdir()
    for name, path in example.files.items():
        target = root / "work" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
