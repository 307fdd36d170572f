"""The same checks on a copy of the site that is broken on purpose.

Each defect stands on one small page; the message must name page and element.
"""

import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import node
import pytest
from checks import (
    axe,
    keyboard,
    links,
    menu,
    motion,
    no_scripts,
    outline,
    pictures,
    privacy,
    scrolling,
    unused,
    validity,
    weight,
)
from needed import java_program
from PIL import Image
from playwright.sync_api import Browser
from server import serve
from site_pages import SITE, lessons, public_address
from visit import Visit, visiting

BASE = urlsplit(public_address()).path or "/"
PAGE = "take-along/index.html"
UP = "../" * PAGE.count("/")
TRAP = """
addEventListener("keydown", (event) => {
  if (event.key === "Tab" && event.target.id === "trap") event.preventDefault();
});
"""
ONLY_WIDE = """
addEventListener("keydown", (event) => {
  if (event.target.id === "wide") event.preventDefault();
});
"""


@dataclass(frozen=True)
class Defect:
    """What is put at the article's end, what must be said of it, and by which check."""

    html: str
    says: tuple[str, ...]
    check: Callable[[Visit], list[str]] | None = None
    script: str = ""
    style: str = ""


def first_visit(visit: Visit) -> list[str]:
    """Weight of the first visit."""
    return weight.problems(visit, weight.weigh(visit))


def axe_of(visit: Visit) -> list[str]:
    """What axe finds."""
    return axe.problems(visit, node.module("axe-core"))


def walk(visit: Visit) -> list[str]:
    """The keyboard's walk on a desktop."""
    return keyboard.problems(visit, keyboard.walk(visit, 1280), 1280)


def scroll(visit: Visit) -> list[str]:
    """Scrolling on a phone."""
    return scrolling.problems(visit, 390)


def anchors(visit: Visit) -> list[str]:
    """Links and anchors."""
    return links.problems(visit, {})


DEFECTS = {
    "contrast": Defect(
        '<p id="pale">Pale</p>',
        ("#pale", "color-contrast"),
        axe_of,
        style="#pale { color: #bbb; background: #fff; }",
    ),
    "contrast in the dark only": Defect(
        '<p id="night">Night</p>',
        ("#night", "color-contrast", "(dark 390 px, dark 1280 px)"),
        axe_of,
        style='[data-md-color-scheme="slate"] #night { color: #444; }',
    ),
    "missing label": Defect('<input id="bare">', ("#bare", "label"), axe_of),
    "small target": Defect(
        '<button id="tiny">x</button><button>y</button>',
        ("#tiny", "target-size"),
        axe_of,
        style="#tiny, #tiny + button { height: 9px; width: 9px; font-size: 6px; }",
    ),
    "third-party picture": Defect(
        '<img id="spy" src="https://other.invalid/1.png" alt="" width="1" height="1">',
        ("#spy", "https://other.invalid"),
        privacy.problems,
    ),
    "script error": Defect(
        "", ("broken.js:1", "nowhere"), privacy.problems, script="nowhere();"
    ),
    "cookie": Defect(
        "",
        ("cookie seen",),
        privacy.problems,
        script='document.cookie = "seen=1";',
    ),
    "dead anchor": Defect(
        '<a id="lost" href="#no-such-place">there</a>',
        ("#lost", "#no-such-place"),
        anchors,
    ),
    "dead page": Defect(
        '<a id="lost" href="../no-such-page/">there</a>',
        ("#lost", "no-such-page/"),
        anchors,
    ),
    "heavy picture": Defect(
        f'<img id="heavy" src="{UP}assets/heavy.png" alt="" width="9" height="9">',
        ("#heavy", "heavy.png", "KiB"),
        first_visit,
    ),
    "too many elements": Defect(
        '<div id="crowd">' + "<b>x</b>" * 3000 + "</div>",
        ("#crowd", "elements"),
        first_visit,
    ),
    "unsized picture": Defect(
        f'<img id="jump" src="{UP}assets/logo.svg" alt="">',
        ("#jump", "has no size"),
        pictures.problems,
    ),
    "idle preload": Defect(
        f'<link id="early" rel="preload" as="image" href="{UP}cards/idle.png">',
        ("#early", "not used"),
        unused.problems,
    ),
    "keyboard trap": Defect(
        '<button type="button" id="trap">Stay</button><a href="#">on</a>',
        ("#trap", "Tab does not lead on"),
        walk,
        script=TRAP,
    ),
    "invisible focus": Defect(
        '<button type="button" id="shy">Here</button>',
        ("#shy", "looks the same"),
        walk,
        style="#shy:focus-visible { outline: none !important; }",
    ),
    "out of order": Defect(
        '<button type="button" id="pushy" tabindex="1">First</button>',
        ("comes too late",),
        walk,
    ),
    "only for a mouse": Defect(
        '<input type="checkbox" id="b" hidden><label for="b" id="mouse">Tick</label>',
        ("#mouse", "only a mouse"),
        walk,
        style="#mouse { cursor: pointer; }",
    ),
    "arrow keys without effect": Defect(
        '<div id="wide" tabindex="0"><div id="inner">wide</div></div>',
        ("#wide", "the right arrow does not scroll it"),
        scroll,
        script=ONLY_WIDE,
        style="#wide { overflow: auto; } #inner { width: 200vw; }",
    ),
    "movement": Defect(
        '<p id="restless">moves</p>',
        ("#restless", "moves"),
        motion.problems,
        style="#restless { transition: color 1s !important; }",
    ),
    "menu that stays shut": Defect(
        "",
        (".md-header button", "Enter does not open"),
        menu.problems,
        style=".md-sidebar--primary { visibility: hidden !important; }",
    ),
    "no skip link": Defect(
        "", ("skip",), keyboard.skip_link, style=".md-skip { display: none; }"
    ),
    "hidden text": Defect(
        '<p class="gone" id="gone">hidden</p>',
        ("#gone", "hidden without JavaScript"),
        no_scripts.problems,
        style=".gone { display: none; }",
    ),
}


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[Defect], Path]:
    """``broken(defect)``: a copy of the site in which one page has the defect."""

    def copy(defect: Defect) -> Path:
        site = shutil.copytree(SITE, tmp_path / "site")
        assets, page = site / "assets", site / PAGE
        noise = random.Random(1).randbytes(600 * 600 * 3)
        Image.frombytes("RGB", (600, 600), noise).save(assets / "heavy.png")
        (assets / "broken.js").write_text(defect.script, "utf-8")
        with (assets / "site.css").open("a", encoding="utf-8") as styles:
            styles.write(defect.style)
        script = f'<script src="{UP}assets/broken.js"></script>' * bool(defect.script)
        html = page.read_text("utf-8")
        html = html.replace("</article>", f"{defect.html}</article>{script}", 1)
        page.write_text(html, "utf-8")
        return site

    return copy


@pytest.mark.parametrize("defect", DEFECTS.values(), ids=DEFECTS.keys())
def test_defect_in_the_browser(
    defect: Defect, broken: Callable[[Defect], Path], browser: Browser
) -> None:
    """One message names the page, the element and what is wrong."""
    scripts = defect.check is not no_scripts.problems
    with serve(broken(defect), BASE) as port:
        address = f"http://127.0.0.1:{port}{BASE}"
        with visiting(browser, address, PAGE, java_script_enabled=scripts) as visit:
            found = defect.check(visit)
    assert says(found, defect), found


def test_skipped_heading(broken: Callable[[Defect], Path]) -> None:
    """A heading two levels below the one before it."""
    defect = Defect('<h2>A</h2><h4 id="deep">B</h4>', ("#deep", "skip no level"))
    found = outline.problems(broken(defect), PAGE)
    assert says(found, defect), found


def test_missing_description(broken: Callable[[Defect], Path]) -> None:
    """A page that says nothing of itself, and two with the same title."""
    site = broken(Defect("", ()))
    names = [lessons()[0], PAGE]
    for name in names:
        html = (site / name).read_text("utf-8")
        html = re.sub("<title>.*?</title>", "<title>Same</title>", html)
        html = html.replace('name="description"', 'name="nothing"')
        (site / name).write_text(html, "utf-8")
    found = outline.problems(site, PAGE)
    assert says(found, Defect("", ("<meta name=description> is missing",))), found
    (twins,) = outline.twins(site, names)[:1]
    assert all(word in twins for word in (*names, "'Same'"))


def test_unclosed_element(broken: Callable[[Defect], Path]) -> None:
    """An element that nobody closes is named with its line."""
    defect = Defect('<div id="open">', ("Unclosed element “div”", '<div id="open">'))
    site = broken(defect)
    found = validity.problems(site, [PAGE], java_program(), node.module("vnu-jar"))
    assert says(found[PAGE], defect), found


def says(found: list[str], defect: Defect) -> bool:
    """Whether one message has the page and all the words."""
    return any(all(word in text for word in (PAGE, *defect.says)) for text in found)
