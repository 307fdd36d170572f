"""The built site in ``build/site``, as `nox -s site` has just made it."""

import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import chromium
import pytest
import trustme
from checks import privacy
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from server import serve
from site_pages import LESSONS, SITE, made_alike, pages, public_address
from site_report import Measure, Report
from visit import Visit, visiting

MEASURED = "measured"
PUBLIC = urlsplit(public_address())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a site there is nothing to test; say what makes one."""
    if items and not (SITE / "index.html").is_file():
        pytest.exit("build/site/index.html:1: no site is here; run: nox -s site", 4)
    alike = {"slow_check": made_alike(), "frame_check": made_alike(LESSONS)}
    items[:] = [item for item in items if not is_seen_elsewhere(item, alike)]


def is_seen_elsewhere(item: pytest.Item, alike: dict[str, set[str]]) -> bool:
    """A slow check of a page that is made like another one, which is checked."""
    page = item.callspec.params.get("visit") if hasattr(item, "callspec") else None
    marks = {mark.name for mark in item.iter_markers()}
    return any(page in alike.get(mark, ()) for mark in marks)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was measured, page by page, by all workers."""
    ends = [end for ends in terminalreporter.stats.values() for end in ends]
    measured = [
        row
        for end in ends
        if getattr(end, "when", "") == "call"
        for kind, row in end.user_properties
        if kind == MEASURED
    ]
    if measured:
        report = Report()
        for page, numbers in measured:
            report.add(page, **numbers)
        terminalreporter.section("the site in numbers")
        terminalreporter.write(report.table())
        report.write()


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Measure:
    """``measured(page, KiB=91.2)``: put numbers into the report."""

    def keep(page: str, **numbers: float) -> None:
        request.node.user_properties.append((MEASURED, (page, numbers)))

    return keep


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """The port of a plain static server over the site, in its public folder."""
    tls = None
    if PUBLIC.scheme == "https":
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert(PUBLIC.hostname).configure_cert(tls)
    with serve(SITE, PUBLIC.path or "/", tls) as number:
        yield number


@pytest.fixture(scope="session")
def address(port: int) -> str:
    """Where the browser finds the site: its public address, if it has one."""
    return PUBLIC.geturl() or f"http://127.0.0.1:{port}/"


@pytest.fixture(scope="session")
def options(port: int) -> list[str]:
    """How Chromium is started: the site's public host is our server."""
    return chromium.options(PUBLIC.netloc or "localhost", port)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright, options: list[str]) -> Iterator[Browser]:
    """The system's Chromium, headless."""
    with chromium.launched(playwright, [*options, chromium.QUICKLY]) as opened:
        yield opened


# Side by side, all checks of a page go to the same worker.
PAGES = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in pages()]


@pytest.fixture(scope="module", params=PAGES)
def visit(
    request: pytest.FixtureRequest, browser: Browser, address: str
) -> Iterator[Visit]:
    """A first visit of each page in turn, for all checks of a module."""
    with visiting(browser, address, request.param) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that may read the clipboard; errors and foreign requests fail it."""
    with visiting(browser, address) as opened:
        yield opened.page
        assert not privacy.problems(opened)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder whose path the normalisers know."""
    made = tmp_path / "proven-copy" / "work"
    made.mkdir(parents=True)
    return made
