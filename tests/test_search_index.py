"""The search's index: what it holds, and that its pieces stay small."""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from made_up_pages import write_site
from proving.layout import ROOT

INDEX = ROOT / "docs" / ".build" / "search_index.py"
PIECE = re.compile(r'provenSearch\.take\("(?P<name>[\w/]+)",(?P<content>.*)\);\n')
KIB = 1024
PAGE = """<html><head><title>T</title></head><body><nav>outside</nav><article>
<h1 id="x">Sort rows<a class="headerlink">pilcrow</a></h1><p>Intro text.</p>
<h2 id="walrus"><code>:=</code> in a loop</h2><p>The <code>selectinload</code>.</p>
<figure class="example" id="sum-up"><figcaption><span class="example__name">sum_up.py
</span><span class="example__badge">badge</span></figcaption>
<div class="language-python highlight"><pre><code>from till import openDrawer

while (row := openDrawer.next_row()) is not None:
    print(f"{row}", row // 2, *row, sep="words in a string")
</code></pre></div><div class="example__output"><pre><code>printed</code></pre></div>
</figure><dl><dt id="task">task</dt><dd>A coroutine that runs.</dd></dl>
<ul><li id="asyncio-gather"><code>asyncio.gather</code> is used here</li></ul>
</article><footer>footer</footer></body></html>
"""


def index(site: Path) -> subprocess.CompletedProcess[str]:
    """Run the indexer as a contributor would."""
    command = [sys.executable, INDEX, site]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def read(site: Path) -> dict[str, object]:
    """The pieces of an index by name."""
    texts = [path.read_text("utf-8") for path in (site / "search").rglob("*.js")]
    found = [PIECE.fullmatch(text) for text in texts]
    return {piece["name"]: json.loads(piece["content"]) for piece in found}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """The index of a page of everything."""
    site = tmp_path_factory.mktemp("small")
    (site / "rows").mkdir()
    (site / "rows" / "index.html").write_text(PAGE, "utf-8")
    (site / "404.html").write_text("<article><h1>Nowhere</h1></article>", "utf-8")
    moved = '<title>Moved</title><meta name="description" content="nowhere"><p>nowhere'
    (site / "moved.html").write_text(moved, "utf-8")
    assert index(site).returncode == 0
    return read(site)


def terms(pieces: dict[str, object]) -> dict[str, list[int]]:
    """All terms of an index with the numbers of their records."""
    found = {}
    for name, rows in pieces.items():
        for term, _worth, *steps in rows if name.startswith("terms/") else []:
            numbers, last = [], 0
            for step in steps[::2]:
                last += step
                numbers.append(last)
            found[term] = numbers
    return found


def test_every_place_is_a_record(small: dict[str, object]) -> None:
    """The page, its section, its example, a term and a name; not the 404 page."""
    shown = [record[:4] for record in small["records/0"]]
    above = ["Sort rows", ":= in a loop"]
    assert shown == [
        ["page", "rows/", [], "Sort rows"],
        ["section", "rows/#walrus", ["Sort rows"], ":= in a loop"],
        ["example", "rows/#sum-up", above, "sum_up.py"],
        ["entry", "rows/#task", above, "task"],
        ["entry", "rows/#asyncio-gather", above, "asyncio.gather"],
    ]


@pytest.mark.parametrize(
    "term, number",
    {
        "sort": 0,
        "intro": 0,
        ":=": 1,
        "walrus": 1,
        "selectinload": 1,
        "load": 1,
        "sum_up.py": 2,
        "sum": 2,
        "till.opendrawer": 2,
        "opendrawer": 2,
        "drawer": 2,
        "opendrawer.next_row": 2,
        "next_row": 2,
        "//": 2,
        "floor": 2,
        "is": 2,
        "identity": 2,
        "*args": 2,
        "unpacking": 2,
        "f-string": 2,
        "string": 2,
        "printed": 2,
        "task": 3,
        "coroutine": 3,
        "asyncio.gather": 4,
        "gather": 4,
    }.items(),
)
def test_term_leads_to_the_record(
    term: str, number: int, small: dict[str, object]
) -> None:
    """Words, names, their parts, signs and what they are called."""
    assert number in terms(small)[term]


@pytest.mark.parametrize("term", ["outside", "footer", "badge", "pilcrow", "nowhere"])
def test_what_is_no_text_is_left_out(term: str, small: dict[str, object]) -> None:
    """Not in the index: navigation, footer, badges, what has no article, 404."""
    assert term not in terms(small)


@pytest.mark.parametrize("pages", [10, 1000])
def test_pieces_stay_small(pages: int, tmp_path: Path) -> None:
    """No piece grows with the site, and every term is where the groups say."""
    write_site(tmp_path, pages)
    run = index(tmp_path)
    assert run.returncode == 0, run.stderr
    sizes = {
        path: len(gzip.compress(path.read_bytes()))
        for path in (tmp_path / "search").rglob("*.js")
    }
    assert max(sizes.values()) <= 8 * KIB
    assert sizes[tmp_path / "search" / "root.js"] <= KIB
    pieces = read(tmp_path)
    assert len(pieces) == len(sizes)
    leaves = [
        pieces[f"terms/{n}"] for n in range(len(pieces)) if f"terms/{n}" in pieces
    ]
    groups = [pieces[f"groups/{n}"] for n in range(len(pieces["root"]["groups"]))]
    assert [leaf[0][0] for leaf in leaves] == [
        term for group in groups for term in group
    ]
    assert [group[0] for group in groups] == pieces["root"]["groups"]
    in_order = [row[0] for leaf in leaves for row in leaf]
    assert in_order == sorted(in_order)
    assert all(len(row) <= 2 + 2 * 200 for leaf in leaves for row in leaf)


def test_same_site_same_bytes(tmp_path: Path) -> None:
    """The index depends on nothing but the pages."""
    write_site(tmp_path, 3)
    index(tmp_path)
    first = {p: p.read_bytes() for p in (tmp_path / "search").rglob("*.js")}
    index(tmp_path)
    assert {p: p.read_bytes() for p in (tmp_path / "search").rglob("*.js")} == first


def test_no_page_is_an_error(tmp_path: Path) -> None:
    """A folder without HTML ends in one line that says what to do."""
    (tmp_path / "notes.txt").write_text("no page", "utf-8")
    run = index(tmp_path)
    assert run.returncode == 1
    assert run.stderr == f"{tmp_path}:1: no page is here; build the site first\n"
    assert not (tmp_path / "search").exists()
