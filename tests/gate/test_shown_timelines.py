"""A timeline on a page is the picture and the table of a proven recording."""

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from gate.project import PAGE, Project

RECORDING = """time | thread | what happens
0 s | main thread | begins; starts till 1, till 2 (line 9)
0 s | till 1 | begins; takes lock <cash> (line 3); sleeps 0.5 s (line 4)
0 s | till 2 | begins; waits for lock <cash> up to 2 s (line 3)
0 s | main thread | waits for event open (line 10)
0.5 s | till 1 | goes on; releases lock <cash> (line 3); fails with KeyError
0.5 s | till 2 | takes lock <cash> (line 3); releases lock <cash> (line 3)
0.5 s | till 2 | sets event open (line 5); computes 2,000 lines; ends
0.5 s | main thread | goes on; waits for till 2 (line 12)
0.5 s | main thread | goes on; ends
"""
FILE = "snippets/till/print/receipt.timeline"
SHOWN = PAGE.replace("highlight: 12.50\n", "highlight: 12.50\n    show: timeline\n")


def with_timeline(project: Project) -> Project:
    """A project whose example has a timeline, recorded, proven and shown."""
    project.write(FILE, RECORDING)
    project.write("docs/till/print.md", SHOWN)
    project.prove()
    return project


@pytest.fixture(scope="module")
def built(make_project: Callable[..., Project]) -> Project:
    """A project with a timeline, built."""
    made = with_timeline(make_project([]))
    end = made.build("--strict")
    assert end.returncode == 0, end.stdout
    return made


def page_of(project: Project) -> Path:
    """The built page with the timeline."""
    return project.root / "site" / "till" / "print" / "index.html"


def timeline_of(project: Project) -> Tag:
    """The timeline on the built page."""
    html = BeautifulSoup(page_of(project).read_text("utf-8"), "html.parser")
    return html.select_one(".timeline")


def test_table_has_the_recording(built: Project) -> None:
    """The table's cells are the recording's, in their order; a time has one cell."""
    head, *rows = timeline_of(built).table.find_all("tr")
    times = [cell for row in rows for cell in row.find_all("td", rowspan=True)]
    each = [time.get_text() for time in times for _ in range(int(time["rowspan"]))]
    shown = [" | ".join(cell.get_text() for cell in head)]
    for time, row in zip(each, rows, strict=True):
        lane, what = row.find_all("td")[-2:]
        shown.append(f"{time} | {lane.get_text()} | {what.get_text()}")
    assert "\n".join(shown) + "\n" == RECORDING
    assert [time.get_text() for time in times] == ["0 s", "0.5 s"]


def test_picture_is_well_formed_and_says_what_it_shows(built: Project) -> None:
    """The SVG has a title, a description and its size, and no style or script."""
    html = page_of(built).read_text("utf-8")
    svg = ET.fromstring(re.search(r'<svg class="timeline.*?</svg>', html)[0])
    assert svg.get("role") == "img"
    title = "Timeline of 3 threads, over 0.5 s: main thread, till 1, till 2"
    assert svg.findtext("title") == svg.get("aria-label") == title
    ends = "till 1 begins at 0 s and fails with KeyError at 0.5 s."
    assert ends in svg.findtext("desc")
    assert svg.get("viewBox") == f"0 0 {svg.get('width')} {svg.get('height')}"
    assert not [e for e in svg.iter() if "style" in e.attrib or e.tag == "script"]


def test_picture_has_each_kind_of_event(built: Project) -> None:
    """Running, sleeping, waiting, holding, ending and failing are all drawn.

    So is main's wait for till 2, although nothing happens in the meantime.
    """
    timeline = timeline_of(built)
    drawn = {path["class"][0] for path in timeline.svg.find_all("path")}
    for kind in ("new", "run", "ready", "sleep", "wait", "join", "hold", "end", "fail"):
        assert f"timeline__{kind}" in drawn
        assert timeline.select_one(f".timeline__key .timeline__{kind}")
    words = [text.get_text() for text in timeline.svg.find_all("text")]
    assert "sleeps 0.5 s" in words
    assert "waits for lock <cash>" in words
    assert "2,000 lines" in words
    assert words[-1] == "0.5 s"
    assert [li.get_text() for li in timeline.ol.find_all("li")] == [
        "main thread",
        "till 1",
        "till 2",
    ]


def test_bands_of_a_lane_do_not_overlap(built: Project) -> None:
    """A thread never runs, sleeps and waits at the same place of the picture."""
    bands = []
    for kind in ("run", "ready", "sleep", "wait"):
        path = timeline_of(built).svg.select_one(f"path.timeline__{kind}")["d"]
        for shape in path.split("M")[1:]:
            place, _, width = shape.partition("h")
            x, y = map(float, place.split())
            bands.append((y, x, x + float(width.split("v")[0])))
    bands.sort()
    assert len(bands) == 12
    for (y, _, end), (below, start, _) in pairwise(bands):
        assert y != below or end <= start


def test_markdown_copy_has_the_timeline(built: Project) -> None:
    """Who reads the copy gets the recording's text."""
    copy = (built.root / "site" / "till" / "print.md").read_text("utf-8")
    assert RECORDING in copy


EDITS = {
    "a cell": ("goes on; releases", "goes on; keeps"),
    "a row": ("<tr><td>main thread</td><td>goes on; ends</td></tr>", ""),
    "a band": ('class="timeline__sleep" d="M', 'class="timeline__sleep" d="M1'),
    "a word in the picture": (">sleeps 0.5 s</text>", ">sleeps 0.1 s</text>"),
    "a name": ("<li>till 1</li>", "<li>till 9</li>"),
    "the whole table": ("<table><tr><th>time</th>", "<table hidden><tr><th>time</th>"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_edited_timeline(edit: str, built: Project, tmp_path: Path) -> None:
    """One change to the picture or to the table of a finished page is found."""
    old, new = EDITS[edit]
    html = page_of(built).read_text("utf-8")
    assert old in html
    site = tmp_path / "site"
    shutil.copytree(built.root / "site", site)
    (site / "till" / "print" / "index.html").write_text(html.replace(old, new), "utf-8")
    gate = [sys.executable, "docs/.build/gate.py", str(site)]
    end = subprocess.run(gate, cwd=built.root, capture_output=True, text=True)
    assert end.returncode == 1
    assert "docs/till/print.md:5: a timeline that is not drawn from a" in end.stdout


def test_recording_edited_after_the_run(project: Project) -> None:
    """The page is drawn from what is there, and that has no proof."""
    with_timeline(project).write(FILE, RECORDING.replace("KeyError", "LookupError"))
    end = project.build()
    assert end.returncode == 1
    assert f"{FILE}:1: changed since it was run" in end.stdout
    assert "docs/till/print.md:3: till/print/receipt.py: what is shown" in end.stdout


def test_recorded_and_not_shown(project: Project) -> None:
    """A timeline that no page shows is a finding, as every recording is."""
    with_timeline(project).write("docs/till/print.md", PAGE)
    assert f"{FILE}:1: no page shows this" in project.build().stdout


def test_shown_and_not_recorded(project: Project) -> None:
    """A block that asks for a timeline nobody recorded says what to do."""
    project.write("docs/till/print.md", SHOWN)
    message = "docs/till/print.md:3: show: it has no recording receipt.timeline; write"
    assert message in project.build().stdout


def test_unknown_panel(project: Project) -> None:
    """Only what can be shown can be asked for."""
    project.write("docs/till/print.md", SHOWN.replace("timeline", "time-line"))
    message = "docs/till/print.md:3: show: 'time-line' cannot be shown; what can is"
    assert message in project.build().stdout
