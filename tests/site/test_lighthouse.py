"""Lighthouse's scores of the home page and of the two largest lessons."""

from pathlib import Path

import pytest
from checks import lighthouse
from site_pages import SITE, lessons
from site_report import MACHINE, Measure

LARGEST = sorted(lessons(), key=lambda name: (SITE / name).stat().st_size)[-2:]


@pytest.mark.parametrize(
    ("performances", "decided"),
    [
        ([99, 99], False),
        ([99, 94, 95, 93], False),
        ([99, 94, 95, 96], True),
        ([94, 93], False),
        ([94, 93, 94], True),
    ],
)
def test_three_runs_that_agree_decide(performances: list[int], decided: bool) -> None:
    """The median of five is then on their side, whatever the others say."""
    assert lighthouse.decided(performances) == decided


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", ["index.html", *LARGEST])
def test_lighthouse_is_content(
    name: str, address: str, options: list[str], measured: Measure, tmp_path: Path
) -> None:
    """Accessibility, best practices and SEO 100; performance 95 or more."""
    url = address + name.removesuffix("index.html")
    scores = lighthouse.scores(url, options, tmp_path)
    measured(name, performance=scores.performance, **scores.others)
    measured(MACHINE, benchmark_index_of_Lighthouse=scores.benchmark)
    assert not lighthouse.problems(name, scores)
