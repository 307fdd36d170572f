"""How long proving takes: everything, and what is left after a change."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from measuring.table import Row, at_most, below, exactly
from proving.examples import Example, examples
from proving.layout import ROOT
from proving.plugins import plugins_for
from proving.running import AT_ONCE, Runners, environment, lay_out
from proving.scratch import new_folder

PROVE = ["tests/test_snippets.py", "tests/test_pages.py", "--proofs"]
AGAIN = ["tests/measuring/prove_again.py"]
SHARES = re.compile(
    r"^(import|from) (asyncio|concurrent|multiprocessing|signal|threading)\b",
    re.MULTILINE,
)
PATIENCE = 600.0  # seconds for any one command


def fill(project: Path) -> None:
    """Prove everything in the copy: its cache and its proofs file."""
    command = [sys.executable, "-m", "pytest", "-q", *PROVE]
    answer = subprocess.run(command, cwd=project, capture_output=True, text=True)
    if answer.returncode:
        sys.exit(f"the project is not green:\n{answer.stdout}{answer.stderr}")


def all_examples(repeats: int) -> list[Row]:
    """Every example: by the runner, one after another, and in one process."""
    known = examples()
    chosen = [one for one in known if is_measured(one)]
    scripts = [one for one in chosen if one.program == "python"]
    ours, ours_scripts, plain, plain_scripts = [], [], [], []
    for _ in range(repeats):
        ours.append(side_by_side(chosen))
        ours_scripts.append(side_by_side(scripts))
        alone = {one.id: plainly(one) for one in chosen}
        plain.append(sum(alone.values()))
        plain_scripts.append(sum(alone[one.id] for one in scripts))
    left_out = f"{len(known) - len(chosen)} left out"
    rows = [
        Row(
            f"all {len(chosen)} examples ({left_out}), plain, one after another",
            seconds(median(plain)),
            per_second(len(chosen), median(plain)),
        ),
        at_most(
            f"all {len(chosen)} examples ({left_out}), our runner, warm-up included",
            f"{seconds(median(ours))}, {per_second(len(chosen), median(ours))}",
            "plain, one after another",
            median(ours) / median(plain),
            0.25,
        ),
        Row(
            f"the {len(scripts)} `python FILE` examples, our runner",
            f"{seconds(median(ours_scripts))}, "
            f"{per_second(len(scripts), median(ours_scripts))}",
            f"plain: {seconds(median(plain_scripts))}",
            f"{median(ours_scripts) / median(plain_scripts):.2f}",
        ),
    ]
    return [*rows, *in_one_process(scripts, repeats)]


def is_measured(example: Example) -> bool:
    """Whether it is for ``python`` or ``pytest``, and needs no more than them."""
    ours = example.program in ("python", "pytest")
    return ours and not example.services and example.runs_on()


def is_plain(example: Example) -> bool:
    """A single file for ``python``, which succeeds, here."""
    file = example.program == "python" and len(example.files) == 1
    succeeds = not example.exit and not example.ends_in
    return is_measured(example) and file and succeeds


def is_alone(example: Example) -> bool:
    """Whether it starts no threads, tasks or processes.

    They outlive it, or change how the next one runs, where one process runs all.
    """
    return not SHARES.search(example.source.read_text("utf-8"))


def side_by_side(chosen: list[Example]) -> float:
    """Seconds our runner takes, from no process at all to the last verdict."""
    begin = time.perf_counter()
    runners = Runners()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        runs = list(pool.map(runners.run, chosen))
    total = time.perf_counter() - begin
    runners.close()
    for one, run in zip(chosen, runs, strict=True):
        if run.problems:
            sys.exit(f"{one.id} is red:\n" + "\n".join(run.problems))
    return total


def plainly(example: Example) -> float:
    """Seconds of the example's own command, in the runner's kind of folder."""
    root = new_folder("")
    try:
        lay_out(example, root)
        module = ["-m", "pytest"] if example.program == "pytest" else []
        for plugin in plugins_for(root / "work") if module else []:
            module += ["-p", plugin]
        begin = time.perf_counter()
        end = subprocess.run(
            [sys.executable, *module, *example.arguments],
            cwd=root / "work",
            env=environment() | {"TMPDIR": str(root / "tmp")},
            capture_output=True,
            timeout=PATIENCE,
        )
        total = time.perf_counter() - begin
    finally:
        shutil.rmtree(root, ignore_errors=True)
    interrupted = example.ends_in == "KeyboardInterrupt"  # then a signal ends Python
    if end.returncode != (-signal.SIGINT if interrupted else example.exit):
        sys.exit(f"{example.id}: exit status {end.returncode}\n{end.stderr.decode()}")
    return total


def in_one_process(scripts: list[Example], repeats: int) -> list[Row]:
    """The same by pytest-examples, for the single files that succeed in it."""
    ids = [one.id for one in scripts if is_plain(one) and is_alone(one)]
    command = ["-m", "pytest", "-q", "-s", "--noconftest", "-p", "no:cacheprovider"]
    # A thread that dies on purpose is no failure of the measurement.
    command += ["-p", "no:threadexception", "-p", "no:unraisableexception"]
    command.append("tests/measuring/in_process.py")
    answers = [ask(ROOT, command, BENCH_EXAMPLES=" ".join(ids)) for _ in range(repeats)]
    total = median(answer["seconds"] for answer in answers)
    same = min(answer["as_recorded"] for answer in answers)
    ours = median(
        side_by_side([one for one in scripts if one.id in ids]) for _ in range(repeats)
    )
    return [
        Row(
            f"{len(ids)} of them, without threads, tasks or processes, "
            f"by pytest-examples in one process "
            f"({same} printed what is recorded)",
            f"{seconds(total)}, {per_second(len(ids), total)}",
            f"our runner: {seconds(ours)}, {per_second(len(ids), ours)}",
            f"{total / ours:.2f}",
        )
    ]


def after_a_change(project: Path, repeats: int) -> list[Row]:
    """Prove everything again after one snippet, then one page, has changed."""
    example = next(one for one in examples() if is_plain(one))
    snippet = project / "snippets" / f"{example.id}.py"
    page = project / "docs" / f"{example.id.rpartition('/')[0]}.md"
    answers, alone = [], []
    for number in range(repeats):
        append(snippet, f"# changed {number}\n")
        answers.append(ask(project, AGAIN))
        alone.append(plainly(example))
    again = median(answer["proving"] for answer in answers)
    rows = [
        Row(f"start: {name}", seconds(median(answer[name] for answer in answers)))
        for name in ("imports", "finding the examples", "warm-up of a nursery")
    ]
    rows += [
        Row(
            "start: pytest, collecting all tests",
            seconds(median(collecting(project) for _ in range(repeats))),
        ),
        exactly(
            "examples repeated after a comment in one snippet",
            max(answer["repeated"] for answer in answers),
            1,
        ),
        below(
            "proving everything after a comment in one snippet",
            seconds(again),
            f"that file alone: {seconds(median(alone))}",
            again / median(alone),
            2.0,
        ),
    ]
    append(page, "\nunchanged\n")
    answer = ask(project, AGAIN)
    return [
        *rows,
        exactly("examples repeated after a word on one page", answer["repeated"], 0),
        Row("proving everything after a word on one page", seconds(answer["proving"])),
    ]


def collecting(project: Path) -> float:
    """Seconds pytest takes to start and to find the tests of the examples."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", PROVE[0]]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    return time.perf_counter() - begin


def append(path: Path, text: str) -> None:
    """Put a text at the end of a file."""
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def ask(project: Path, command: list[str], **variables: str) -> dict:
    """Run Python in a project; the line of JSON that it prints."""
    answer = subprocess.run(
        [sys.executable, *command],
        cwd=project,
        env=os.environ | variables,
        stdout=subprocess.PIPE,
        text=True,
        timeout=PATIENCE,
    )
    found = [row for row in answer.stdout.splitlines() if row.startswith("{")]
    if answer.returncode or not found:
        sys.exit(f"{' '.join(command)}:\n{answer.stdout}")
    return json.loads(found[-1])


def seconds(value: float) -> str:
    """A duration for the table."""
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.0f} ms"


def per_second(number: int, total: float) -> str:
    """How many examples in a second."""
    return f"{number / total:.1f}/s"
