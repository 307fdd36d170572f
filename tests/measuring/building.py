"""How long a build takes with few and with many lessons, and what it is spent on."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import yaml

from measuring.table import Row, at_most, below
from proving.layout import INTERPRETER

SCRIPT = Path(__file__).with_name("timed_build.py")
LARGE = 100  # lessons; so many are built once
SHARE = 0.2  # of a build, for gate and example blocks together
SLACK = 1.15  # how much a lesson may cost more in a large site than in a smaller
PARTS = Path("docs/.build/curriculum.yaml")
PROOFS = Path(f"build/proofs/{INTERPRETER}.json")


def rows(
    project: Path, folder: Path, sizes: tuple[int, ...], repeats: int
) -> list[Row]:
    """Build with so many times our lessons; the last two must cost the same.

    The names in the examples are looked up before, in a build that is not counted:
    that is done once for each text of an example, and copies have the same.
    """
    found, each = [], {}
    written = lessons_of(project)
    build(project)
    numbers = [size * len(written) for size in sizes]
    for number in numbers:
        site = many_lessons(project, folder / str(number), written, number)
        times = repeats if number < LARGE else 1
        runs = [build(site) for _ in range(times)]
        spent = {name: median(run[name] for run in runs) for name in runs[0]}
        each[number] = spent["total"] / number
        found += of_one_size(number, spent, times)
    few, many = numbers[-2:]
    growth = at_most(
        f"seconds a lesson with {many} lessons, does not grow",
        f"{each[many] * 1000:.0f} ms",
        f"with {few} lessons: {each[few] * 1000:.0f} ms",
        each[many] / each[few],
        SLACK,
    )
    return [*found, growth]


def of_one_size(number: int, spent: dict[str, float], times: int) -> list[Row]:
    """The rows of a build with so many lessons."""
    total, gate, blocks = spent["total"], spent["gate"], spent["blocks"]
    without = total - gate
    colours = spent["highlighting"]
    return [
        Row(
            f"build of {number} lessons (median of {times})",
            f"{total:.1f} s, {total / number * 1000:.0f} ms a lesson",
            f"without the gate: {without / number * 1000:.0f} ms a lesson",
            f"{total / without:.2f}",
        ),
        below(
            f"gate and example blocks, {number} lessons",
            f"{gate:.2f} s + {blocks - colours:.2f} s",
            "the whole build (without Pygments: a plain fence needs it too)",
            (gate + blocks - colours) / total,
            SHARE,
        ),
        Row(
            f"the same with Pygments, {number} lessons",
            f"{gate:.2f} s + {blocks:.2f} s",
            f"the whole build; Pygments: {colours:.2f} s",
            f"{(gate + blocks) / total:.2f}",
        ),
    ]


def lessons_of(project: Path) -> list[str]:
    """The lessons of the curriculum that have a page."""
    parts = yaml.safe_load((project / PARTS).read_text("utf-8"))
    known = [lesson for part in parts for lesson in part["lessons"]]
    return [one for one in known if (project / "docs" / f"{one}.md").is_file()]


def many_lessons(project: Path, site: Path, written: list[str], number: int) -> Path:
    """The project with copies of its lessons under made-up names."""
    shutil.copytree(project, site)
    parts = yaml.safe_load((site / PARTS).read_text("utf-8"))
    proofs = json.loads((site / PROOFS).read_text("utf-8"))
    proven = list(proofs["proofs"])
    for position in range(len(written), number):
        copy, index = divmod(position, len(written))
        old, new = written[index], f"{written[index]}-copy{copy}"
        page = (site / "docs" / f"{old}.md").read_text("utf-8")
        page = page.replace(f"{old}/", f"{new}/")
        (site / "docs" / f"{new}.md").write_text(page, "utf-8")
        if (site / "snippets" / old).is_dir():  # a summary has no examples
            shutil.copytree(site / "snippets" / old, site / "snippets" / new)
        proofs["proofs"] += [
            row | {"file": row["file"].replace(f"snippets/{old}/", f"snippets/{new}/")}
            for row in proven
            if row["file"].startswith(f"snippets/{old}/")
        ]
        part = next(part for part in parts if old in part["lessons"])
        part["lessons"][new] = f"{part['lessons'][old]} ({copy})"
    (site / PARTS).write_text(yaml.safe_dump(parts, sort_keys=False), "utf-8")
    (site / PROOFS).write_text(json.dumps(proofs), "utf-8")
    return site


def build(site: Path) -> dict:
    """Build the site once; the seconds of the whole, the gate and the blocks."""
    begin = time.perf_counter()
    answer = subprocess.run(
        [sys.executable, str(SCRIPT)], cwd=site, capture_output=True, text=True
    )
    total = time.perf_counter() - begin
    if answer.returncode:
        sys.exit(f"the site was not built:\n{answer.stdout}{answer.stderr}"[:5000])
    return json.loads(answer.stdout.splitlines()[-1]) | {"total": total}
