"""Lighthouse's scores of a page, as a desktop's reader has it."""

import json
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import node
from needed import browser_program

RUNS = 5  # at most: three that agree have decided where the median is
PERFECT = ("accessibility", "best-practices", "seo")
PERFORMANCE = 95


@dataclass(frozen=True)
class Scores:
    """The median of the performance, the other scores, and the machine's speed."""

    performance: float
    others: dict[str, float]
    benchmark: float
    failed: dict[str, list[str]]


def scores(url: str, options: list[str], folder: Path) -> Scores:
    """Measure until the median is decided; what does not depend on time needs once."""
    first = measure(url, options, folder, "performance", *PERFECT)
    runs = [first]
    while not decided([score(run, "performance") for run in runs]):
        runs.append(measure(url, options, folder, "performance"))
    return Scores(
        median(score(run, "performance") for run in runs),
        {category: score(first, category) for category in PERFECT},
        median(run["environment"]["benchmarkIndex"] for run in runs),
        {category: failed(first, category) for category in PERFECT},
    )


def decided(performances: list[float]) -> bool:
    """Whether further runs could not carry the median over the limit, or below it."""
    enough = sum(performance >= PERFORMANCE for performance in performances)
    return max(enough, len(performances) - enough) > RUNS // 2


def measure(url: str, options: list[str], folder: Path, *categories: str) -> dict:
    """One run of Lighthouse in a browser of its own."""
    report = folder / "lighthouse.json"
    end = node.run(
        "node",
        node.module("lighthouse") / "cli" / "index.js",
        url,
        "--quiet",
        "--preset=desktop",
        "--disable-full-page-screenshot",  # takes long, and nobody looks at it
        f"--only-categories={','.join(categories)}",
        f"--chrome-flags=--headless {' '.join(map(quoted, options))}",
        "--output=json",
        f"--output-path={report}",
        CHROME_PATH=browser_program(),
    )
    assert end.returncode == 0, end.stderr
    return json.loads(report.read_text("utf-8"))


def quoted(option: str) -> str:
    """An option as ``--chrome-flags`` reads it: the value in quotes."""
    name, is_set, value = option.partition("=")
    return f'{name}="{value}"' if is_set else name


def score(run: dict, category: str) -> float:
    """A score of 0 to 100."""
    return round(run["categories"][category]["score"] * 100)


def failed(run: dict, category: str) -> list[str]:
    """The audits of a category that cost points, with what they point at."""
    found = []
    for reference in run["categories"][category]["auditRefs"]:
        audit = run["audits"][reference["id"]]
        if reference["weight"] and audit["score"] not in (None, 1):
            items = json.dumps(audit.get("details", {}).get("items", []))[:300]
            found.append(f"{audit['id']}: {audit['title']} {items}")
    return found


def problems(name: str, measured: Scores) -> list[str]:
    """Each score that is too low, with what costs it."""
    found = [
        f"{name}: {category} {value}, not 100: {'; '.join(measured.failed[category])}"
        for category, value in measured.others.items()
        if value < 100
    ]
    if measured.performance < PERFORMANCE:
        found.append(
            f"{name}: performance {measured.performance}, {PERFORMANCE} must be: the "
            f"median of several runs on a machine with benchmark index "
            f"{measured.benchmark:.0f}"
        )
    return found
