"""The editor of the examples in a real browser, and how edits are kept."""

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import node
import pytest
from checks import axe, privacy
from needed import missing
from playwright.sync_api import Browser, Locator, Page, expect
from site_pages import SITE, lessons
from storage import DENIED, FULL
from visit import SCHEMES, WIDTHS, Visit, visiting

EDITOR = SITE / "assets" / "run" / "editor.js"
KILOBYTES = 132
EDIT = re.compile("^Edit ")
SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")
CODE = "figure.example .language-python code:has(.k)"  # mistakes have no colours
LESSON = "concurrency/tasks/index.html"
LINK = "figure.example a"
TALL = {"width": 1280, "height": 9000}


@pytest.fixture
def bundle(address: str) -> str:
    """The address of the editor's module."""
    if not EDITOR.is_file():
        missing(
            "build/site/assets/run/editor.js:1: no editor is here; run: nox -s site"
        )
    return f"{address}assets/run/editor.js"


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A visit of the lesson; whatever goes wrong fails the test."""
    with visiting(browser, address, LESSON) as opened:
        yield opened
        assert not privacy.problems(opened)


@pytest.fixture
def open_editor(visit: Visit, bundle: str) -> Callable[..., Locator]:
    """``open_editor(text="", leave="a")``: the editor, with the focus."""

    def opened(**options: object) -> Locator:
        open_in(visit.page, bundle, **options)
        visit.page.evaluate("editor.focus()")
        return visit.page.get_by_role("textbox", name=EDIT)

    return opened


def open_in(page: Page, bundle: str, **options: object) -> None:
    """Open the editor below a block of code."""
    page.evaluate(SCRIPT)
    page.evaluate("options => editing.open(...options)", [bundle, CODE, options])


def text(page: Page) -> str:
    """What is in the editor."""
    return page.evaluate("editor.text()")


def told(page: Page) -> list[str]:
    """What the editor has reported: texts, and runs."""
    return page.evaluate("told")


@pytest.mark.parametrize(
    ("name", "scheme"), [*((name, "light") for name in lessons()), (LESSON, "dark")]
)
def test_looks_like_the_block(
    browser: Browser, address: str, bundle: str, name: str, scheme: str
) -> None:
    """Each character has the block's colour, font and place."""
    with visiting(browser, address, name, color_scheme=scheme, viewport=TALL) as visit:
        visit.open_folds()
        blocks = visit.page.locator(CODE).count()
        assert blocks
        for nth in range(blocks):
            open_in(visit.page, bundle, nth=nth)
            assert difference(visit.page) is None, nth
        assert not privacy.problems(visit)


def difference(page: Page) -> list | None:
    """What is different."""
    return page.evaluate("editing.difference()")


@pytest.mark.usefixtures("bundle")
def test_is_small() -> None:
    """Whoever edits loads no more than this."""
    assert len(gzip.compress(EDITOR.read_bytes(), 6)) <= KILOBYTES * 1000


def test_typing(visit: Visit, open_editor: Callable) -> None:
    """Lines indent themselves, brackets close; each change is reported."""
    open_editor(text="")
    keyboard = visit.page.keyboard
    keyboard.type("def twice(x):\nreturn [x")
    assert text(visit.page) == "def twice(x):\n    return [x]\n"
    assert told(visit.page)[0] == "d\n"
    assert told(visit.page)[-1] == text(visit.page)
    keyboard.press("End")
    keyboard.press("Enter")
    keyboard.press("Backspace")
    keyboard.type("twice(2)")
    assert text(visit.page).endswith("]\ntwice(2)\n")


def test_typing_over_a_selection(visit: Visit, open_editor: Callable) -> None:
    """It goes, or is put between quotes; the policy has nothing to refuse."""
    open_editor(text="import asyncio\nprint(1)\n")
    keyboard = visit.page.keyboard
    keyboard.press("Control+a")
    keyboard.type("price")
    assert text(visit.page) == "price\n"
    keyboard.press("Control+a")
    keyboard.type("'")
    assert text(visit.page) == "'price'\n"
    keyboard.press("Control+z")
    assert text(visit.page) == "price\n"


def test_commands(visit: Visit, open_editor: Callable) -> None:
    """Comments, undo and redo; Tab indents, Shift-Tab takes it back.

    Undo stands before the second change: two within half a second may be one to it.
    """
    open_editor(text="a = 1\n")
    steps = {
        "Control+/": "# a = 1\n",
        "Control+z": "a = 1\n",
        "Control+y": "# a = 1\n",
        "Tab": "    # a = 1\n",
        "Shift+Tab": "# a = 1\n",
    }
    for key, result in steps.items():
        visit.page.keyboard.press(key)
        assert text(visit.page) == result, key


@pytest.mark.parametrize("key", ["Control+Enter", "Meta+Enter"])
def test_run(visit: Visit, open_editor: Callable, key: str) -> None:
    """The keys for running run, and change nothing."""
    open_editor(text="a = 1\n")
    visit.page.keyboard.press(key)
    assert told(visit.page) == ["run"]
    assert text(visit.page) == "a = 1\n"


def test_escape_goes_where_the_page_says(visit: Visit, open_editor: Callable) -> None:
    """The caller has chosen who has the focus next."""
    editor = open_editor(leave=LINK)
    expect(editor).to_be_focused()
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator(LINK).first).to_be_focused()


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_no_keyboard_trap(visit: Visit, open_editor: Callable, key: str) -> None:
    """Escape and then Tab lead on even when the caller does nothing; it is said."""
    editor = open_editor()
    expect(editor).to_have_accessible_description(
        "Ctrl+Enter runs, Tab indents, Escape leaves."
    )
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.press(key)
    expect(editor).not_to_be_focused()
    assert visit.page.evaluate("document.activeElement.closest('article') !== null")
    assert not told(visit.page)


def test_search_stays_closed(visit: Visit, open_editor: Callable) -> None:
    """Ctrl-K belongs to who is typing."""
    open_editor()
    visit.page.keyboard.press("Control+k")
    expect(visit.page.get_by_role("dialog")).to_have_count(0)


def test_mark(visit: Visit, open_editor: Callable) -> None:
    """The marked line is brought below the header; none and too many unmark."""
    editor = open_editor(text="".join(f"a{n} = {n}\n" for n in range(1, 200)))
    page, marked = visit.page, editor.locator(".marked")
    page.evaluate("editor.mark(150)")
    expect(marked).to_have_text("a150 = 150")
    expect(marked).to_be_in_viewport(ratio=1)
    page.evaluate("editor.mark(2)")
    expect(marked).to_have_text("a2 = 2")
    expect(marked).to_be_in_viewport(ratio=1)
    header = page.locator(".md-header").bounding_box()
    assert marked.bounding_box()["y"] >= header["y"] + header["height"]
    for none in ("null", "200"):
        page.evaluate("editor.mark(1)")
        expect(marked).to_have_count(1)
        page.evaluate(f"editor.mark({none})")
        expect(marked).to_have_count(0)


def test_replace_can_be_undone(visit: Visit, open_editor: Callable) -> None:
    """The text of Reset is reported as any change; undo brings the edit back."""
    open_editor(text="a = 1\n")
    visit.page.keyboard.type("b")
    visit.page.evaluate("editor.replace('c = 3\\n')")
    assert text(visit.page) == "c = 3\n"
    visit.page.keyboard.press("Control+z")
    assert text(visit.page) == "ba = 1\n"
    assert told(visit.page) == ["ba = 1\n", "c = 3\n", "ba = 1\n"]


def test_height_and_end(visit: Visit, open_editor: Callable) -> None:
    """It is as high as it is told; closed, it leaves nothing behind."""
    editor = open_editor(text="", tall=300)
    assert visit.page.locator(".cm-editor").bounding_box()["height"] == 300
    visit.page.evaluate("editor.close()")
    expect(editor).to_have_count(0)
    expect(visit.page.locator("figure.example .highlight + div")).to_be_empty()


def test_long_lines_scroll_on_a_phone(visit: Visit, open_editor: Callable) -> None:
    """The line scrolls with the cursor, and the page stays as wide as it is."""
    visit.resize(390)
    open_editor(text=f"a = '{'long ' * 40}'\n")
    visit.page.keyboard.press("End")
    scroller = visit.page.locator(".cm-scroller")
    assert scroller.evaluate("element => element.scrollLeft") > 0
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 390


def test_axe_finds_nothing(visit: Visit, open_editor: Callable) -> None:
    """With the editor open and a line marked: light and dark, all widths."""
    script = node.module("axe-core") / "axe.min.js"
    visit.page.evaluate(script.read_text("utf-8"))
    open_editor(text="".join(f"a{n} = f'{{n}}'  # {n}\n" for n in range(20)))
    visit.page.evaluate("editor.mark(3)")
    for scheme in SCHEMES:
        visit.show_in(scheme)
        for width in WIDTHS:
            visit.resize(width)
            visit.let_draw()
            found = axe.violations(visit, within="figure")
            assert not found, f"{scheme} {width} px"


def kept(page: Page, address: str, call: str) -> object:
    """What a call to the module of edits answers."""
    return page.evaluate(
        f"async site => (await import(site + 'assets/run/edits.js')).{call}", address
    )


def test_edits_are_kept(page: Page, address: str) -> None:
    """From page to page; who is back at the original has no edit."""
    page.goto(address)
    assert kept(page, address, "read('a.py', 'old')") is None
    assert kept(page, address, "write('a.py', 'mine', 'old')")
    assert kept(page, address, "write('b.py', 'mine', 'old')")
    page.goto(address + LESSON.removesuffix("index.html"))
    assert kept(page, address, "all()") == ["a.py", "b.py"]
    mine = {"text": "mine", "outdated": False}
    assert kept(page, address, "read('a.py', 'old')") == mine
    assert kept(page, address, "write('a.py', 'old', 'old')")
    assert kept(page, address, "forget('b.py')")
    assert kept(page, address, "all()") == []
    assert kept(page, address, "read('a.py', 'old')") is None


def test_outdated_edits_are_kept(page: Page, address: str) -> None:
    """An edit of an older file stays, and is outdated until it is given up."""
    page.goto(address)
    kept(page, address, "write('a.py', 'mine', 'old')")
    outdated = {"text": "mine", "outdated": True}
    assert kept(page, address, "read('a.py', 'new')") == outdated
    kept(page, address, "write('a.py', 'more', 'new')")
    assert kept(page, address, "read('a.py', 'new')") == outdated | {"text": "more"}
    kept(page, address, "forget('a.py')")
    kept(page, address, "write('a.py', 'again', 'new')")
    again = {"text": "again", "outdated": False}
    assert kept(page, address, "read('a.py', 'new')") == again


@pytest.mark.parametrize("storage", [FULL, DENIED], ids=["full", "denied"])
def test_without_storage(browser: Browser, address: str, storage: str) -> None:
    """Where nothing can be kept, that is answered, and nothing fails."""
    with visiting(browser, address) as visit:
        visit.page.add_init_script(storage)
        visit.open(LESSON)
        assert kept(visit.page, address, "write('a.py', 'mine', 'old')") is False
        assert kept(visit.page, address, "read('a.py', 'old')") is None
        assert kept(visit.page, address, "all()") == []


def test_damaged_edits_are_none(page: Page, address: str) -> None:
    """What cannot be read is no edit, and can be written over."""
    page.goto(address)
    page.evaluate("localStorage['edit a.py'] = 'mine'")
    assert kept(page, address, "read('a.py', 'old')") is None
    assert kept(page, address, "write('a.py', 'mine', 'old')")
    assert kept(page, address, "read('a.py', 'old')")["text"] == "mine"
