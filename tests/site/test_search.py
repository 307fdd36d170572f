"""The search in a real browser: what it finds, what it fetches, its keys."""

import functools
import gzip
import http.server
import shutil
import subprocess
import sys
import threading
import tokenize
from collections.abc import Iterator
from io import StringIO
from itertools import takewhile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response
from site_pages import SITE, figures, soup_of
from visit import Traffic

from made_up_pages import write_site
from proving.layout import ROOT

MOST_BYTES = 80 * 1024
START = "sql/sqlite3/"
DONE = """() => {
  const dialog = document.querySelector("dialog.search");
  const answered = dialog.querySelector("ol").dataset.query;
  return answered === dialog.querySelector("input").value.trim()
    || dialog.querySelector("[role=status]").innerText.includes("could not");
}"""
ESCAPE_AND_OPEN = """() => {
  for (const [key, ctrlKey] of [["Escape", false], ["k", true]]) {
    const press = { key, ctrlKey, bubbles: true, cancelable: true };
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", press));
  }
}"""
# A query, and the place in a lesson that it has to lead to.
QUERIES = {
    "cursor.execute": "sql/sqlite3/#what-the-cursor-knows",
    "pytest.mark.parametrize": "testing/pytest/#test-one-rule-with-many-cases",
    "__init__": "testing/pytest/#what-counts-as-a-test",
    "selectinload": "sqlalchemy/loading/#fetch-the-lists-with-one-more-statement",
    "TaskGroup": "concurrency/tasks/#stop-the-rest-when-one-fails",
    "TASKGROUP": "concurrency/tasks/#stop-the-rest-when-one-fails",
    "execute": "sql/sqlite3/#another-database-the-same-shape",
    "parametrize": "testing/pytest/#test-one-rule-with-many-cases",
    "init": "testing/pytest/#what-counts-as-a-test",
    "load": "sqlalchemy/loading/#load-fewer-columns",
    "inload": "sqlalchemy/loading/#fetch-the-lists-with-one-more-statement",
    "group": "concurrency/tasks/#stop-the-rest-when-one-fails",
    "mark.param": "testing/pytest/#test-one-rule-with-many-cases",
    "asyncio.gather(": "concurrency/tasks/#three-calls-one-after-another",
    "threads": "concurrency/threads/",
    "foreign keys": "sql/sqlite3/#foreign-keys-are-off_1",
    "How to close a connection?": (
        "sql/sqlite3/#end-the-transaction-close-the-connection"
    ),
}
# What an operator is called, and its sign in the code that it has to lead to.
OPERATORS = {
    "//": "//",
    "floor division": "//",
    "%": "%",
    "modulo": "%",
    "**": "**",
    "keyword arguments": "**",
    "->": "->",
    "@": "@",
    "|": "|",
    "is": "is",
    "in": "in",
    "except*": "except",
    "*args": "*",
    "star unpacking": "*",
}
# A name or term in full, and the very first result.
FIRST = {
    "cursor.execute": "api/sqlite3/#sqlite3.Cursor.execute",
    "pytest.mark.parametrize": "api/pytest/#pytest.mark.parametrize",
    "__init__": "api/python-itself/#init",
    "selectinload": "api/sqlalchemy/#sqlalchemy.orm.selectinload",
    "TaskGroup": "api/asyncio/#asyncio.TaskGroup",
    "N+1 problem": "glossary/#n-1-problem",
}


class Weighed:
    """The responses of a page, and how large they are when compressed."""

    def __init__(self, page: Page) -> None:
        self.responses: list[Response] = []
        page.on("response", lambda response: self.responses.append(response))

    @property
    def bytes(self) -> int:
        """All of them together; a server's own 404 page has no say here."""
        return sum(len(gzip.compress(r.body())) for r in self.responses if r.ok)


def visit(page: Page, address: str = START) -> None:
    """Open a page, and let it load all that it will."""
    traffic = Traffic(page)
    page.goto(address)
    traffic.end()


def ask(page: Page, query: str) -> None:
    """Open the search, put a query in, wait for its answer."""
    page.keyboard.press("Control+k")
    page.locator("dialog.search input").fill(query)
    page.wait_for_function(DONE)


def found(page: Page) -> list[str]:
    """The addresses of the results, below the site's root."""
    root = page.evaluate(
        "new URL('..', document.querySelector('[src$=\"search.js\"]').src).href"
    )
    links = page.locator(".search__results a").all()
    return [link.get_attribute("href").removeprefix(root) for link in links]


def status(page: Page) -> str:
    """What the status line says."""
    return page.locator("dialog.search [role=status]").inner_text()


@pytest.mark.parametrize("query", QUERIES)
def test_query_finds(query: str, page: Page) -> None:
    """The lesson's place is among the first three of the lessons; little is fetched.

    Lists of names and terms have entries of their own, which may come first.
    """
    visit(page)
    weighed = Weighed(page)
    ask(page, query)
    lessons = [a for a in found(page) if not a.startswith(("api/", "glossary/"))]
    assert QUERIES[query] in lessons[:3]
    assert 0 < weighed.bytes <= MOST_BYTES


@pytest.mark.parametrize("query", OPERATORS)
def test_operator_is_found_in_code(query: str, page: Page) -> None:
    """One of the first three places in lessons has the operator in its programs."""
    visit(page)
    ask(page, query)
    lessons = [a for a in found(page) if not a.startswith(("api/", "glossary/"))]
    signs = [sign for place in lessons[:3] for sign in signs_at(place)]
    assert OPERATORS[query] in signs


def signs_at(place: str) -> Iterator[str]:
    """The tokens of the programs that stand there: one, or those of a section."""
    page, _, anchor = place.partition("#")
    name = f"{page}index.html"
    soup = soup_of(name)
    begin = soup.find(id=anchor)
    if begin is None:  # the page as a whole
        ids = [tag.get("id") for tag in soup.select("figure")]
    elif begin.name == "figure":
        ids = [anchor]
    else:
        after = begin.find_all_next(["h2", "h3", "figure"])
        ids = [tag["id"] for tag in takewhile(lambda tag: tag.name == "figure", after)]
    for figure in figures(name):
        if figure.id in ids:
            for file, text in figure.files.items():
                if file.endswith(".py"):
                    yield from signs(text)


def signs(program: str) -> Iterator[str]:
    """The tokens of a program, as they are written."""
    for token in tokenize.generate_tokens(StringIO(program).readline):
        if token.type in (tokenize.OP, tokenize.NAME):
            yield token.string


@pytest.mark.parametrize("query", FIRST)
def test_name_in_full_comes_first(query: str, page: Page) -> None:
    """Whoever types a whole name gets its entry before all else."""
    visit(page)
    ask(page, query)
    assert found(page)[0] == FIRST[query]


def test_nothing_before_it_is_used(page: Page) -> None:
    """A page view fetches one small script of the search, and no index."""
    weighed = Weighed(page)
    visit(page)
    traffic = Traffic(page)
    page.mouse.wheel(0, 2000)
    traffic.end()
    names = [r.url for r in weighed.responses if "search" in r.url]
    assert [name.rpartition("/")[2] for name in names] == ["search.js"]
    assert len(gzip.compress((SITE / "assets" / "search.js").read_bytes())) <= 4096


def test_letter_by_letter(page: Page) -> None:
    """Typing ends where pasting ends, and is within the same weight."""
    visit(page)
    ask(page, "pytest.mark")
    expected = found(page)
    page.keyboard.press("Escape")
    visit(page)
    weighed = Weighed(page)
    page.keyboard.press("Control+k")
    for letter in "pytest.mark":
        page.keyboard.type(letter)
        page.wait_for_function(DONE)
    assert found(page) == expected
    assert weighed.bytes <= MOST_BYTES


def test_keyboard(page: Page) -> None:
    """Every step works without a mouse."""
    page.goto(START)
    page.keyboard.press("Control+k")
    field = page.get_by_role("searchbox", name="Search")
    assert field.evaluate("e => e === document.activeElement")
    page.keyboard.insert_text("a/b")
    page.keyboard.press("Escape")
    assert not page.locator("dialog.search").is_visible()
    ask(page, "gather")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator(".search__results a").nth(1)
    assert second.evaluate("e => e === document.activeElement")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert field.evaluate("e => e === document.activeElement")
    first = found(page)[0]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{first}")
    assert not page.locator("dialog.search").is_visible()


def test_open_again_at_once(page: Page) -> None:
    """Before the browser tells that the dialog has been closed."""
    page.goto(START)
    page.keyboard.press("Control+k")
    page.evaluate(ESCAPE_AND_OPEN)
    assert page.locator("dialog.search").is_visible()
    page.keyboard.insert_text("gather")
    page.wait_for_function(DONE)
    assert found(page)


def test_enter_waits_for_the_answer(page: Page) -> None:
    """Enter right after typing follows the first result of what was typed."""
    page.goto(START)
    page.keyboard.press("Control+k")
    page.keyboard.insert_text("fixture_scopes.py")
    page.keyboard.press("Enter")
    page.wait_for_url("**/testing/pytest/#fixture-scopes")


def test_button_and_focus(page: Page) -> None:
    """The header's button opens it, Escape gives the focus back, nothing stays."""
    page.goto(START)
    button = page.locator("header [data-search]")
    button.click()
    page.locator("dialog.search input").fill("gather")
    page.wait_for_function(DONE)
    page.keyboard.press("Escape")
    assert button.evaluate("e => e === document.activeElement")
    button.click()
    assert page.locator("dialog.search input").input_value() == ""
    assert found(page) == []
    page.get_by_role("button", name="Close", exact=True).click()
    assert not page.locator("dialog.search").is_visible()


def test_single_letters_do_nothing(page: Page) -> None:
    """Neither our search nor the theme's shortcuts answer to a letter alone."""
    page.goto(START)
    for key in "/sfpn,.":
        page.keyboard.press(key)
    page.keyboard.press("Control+k")
    assert page.url.endswith(START)
    assert page.locator("dialog.search input").input_value() == ""


def test_nothing_found(page: Page) -> None:
    """The status line says so; also for one word too many."""
    page.goto(START)
    ask(page, "qqzzx")
    assert status(page).startswith("Nothing found for qqzzx.")
    page.locator("dialog.search input").fill("gather qqzzx")
    page.wait_for_function(DONE)
    assert "gather qqzzx" in status(page)
    assert found(page) == []


def test_more_results(page: Page) -> None:
    """Eight come first; the button brings the next and moves the focus there."""
    page.goto(START)
    ask(page, "execute")
    assert len(found(page)) == 8
    page.get_by_role("button", name="More results").click()
    ninth = page.locator(".search__results a").nth(8)
    ninth.wait_for()
    assert ninth.evaluate("e => e === document.activeElement")
    assert len(set(found(page))) == 16


def test_words_are_marked(page: Page) -> None:
    """Titles and excerpts show why they were found."""
    page.goto(START)
    ask(page, "foreign keys")
    marks = page.locator(".search__results li").first.locator("mark").all_inner_texts()
    assert {mark.lower() for mark in marks} == {"foreign", "keys"}


def test_every_result_leads_somewhere(page: Page) -> None:
    """What is found is there: the page, and the anchor on it."""
    page.goto(START)
    ask(page, "gather")
    for address in found(page):
        path, _, anchor = address.partition("#")
        html = (SITE / path / "index.html").read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in html


def test_index_out_of_reach(browser: Browser, address: str) -> None:
    """A piece that does not load is said; typing again tries again."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.route("**/terms/*", lambda route: route.abort())
    page.goto(START)
    ask(page, "gather")
    assert "could not be loaded" in status(page)
    page.unroute("**/terms/*")
    page.locator("dialog.search input").fill("gather")
    page.wait_for_selector(".search__results a")
    context.close()


def test_without_scripts(browser: Browser, address: str) -> None:
    """There is no button that does nothing."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(START)
    assert not page.locator("[data-search]").is_visible()
    context.close()


def test_from_a_folder(browser: Browser) -> None:
    """Opened without a server it finds the same, and links to files."""
    page = browser.new_context().new_page()
    page.goto((SITE / START / "index.html").as_uri())
    ask(page, "selectinload")
    addresses = found(page)
    expected = "sqlalchemy/loading/index.html#fetch-the-lists-with-one-more-statement"
    assert expected in addresses[:3]
    assert all((SITE / a.partition("#")[0]).is_file() for a in addresses)
    page.context.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a made-up site of 1,000 pages with the same search."""
    site = tmp_path_factory.mktemp("large")
    write_site(site, 1000)
    program = ROOT / "docs" / ".build" / "search_index.py"
    subprocess.run([sys.executable, program, site], check=True, capture_output=True)
    (site / "assets").mkdir()
    for script in (ROOT / "docs" / "assets").glob("search*.js"):
        shutil.copy(script, site / "assets")
    yield from served(site)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A plain static server that keeps its log to itself."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def served(site: Path) -> Iterator[str]:
    """A folder on a port of its own."""
    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.xdist_group("large")
@pytest.mark.parametrize(
    "query",
    [
        "l",
        "everywhere",
        "asyncio.gather",
        "load",
        "//",
        "floor division",
        "till everywhere asyncio gather left rows options return",
    ],
)
def test_a_large_site_costs_the_same(
    query: str,
    browser: Browser,
    large: str,
) -> None:
    """With 7,000 records a first result is within the same weight."""
    context = browser.new_context(base_url=large)
    page = context.new_page()
    visit(page, "part0/lesson0/")
    weighed = Weighed(page)
    ask(page, query)
    assert len(found(page)) == 8
    assert weighed.bytes <= MOST_BYTES
    context.close()
