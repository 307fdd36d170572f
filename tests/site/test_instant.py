"""From lesson to lesson without loading the page anew: all is as after a load."""

from collections.abc import Callable
from functools import cache

import pytest
from checks import privacy
from playwright.sync_api import Browser, Page, TimeoutError
from site_pages import lessons, public_address
from visit import visiting

FACTS = """() => ({
  title: document.title,
  heading: document.querySelector("h1").textContent,
  contents: [...document.querySelectorAll(".md-nav--secondary a")].map(a => a.hash),
  copies: document.querySelectorAll(".md-code__button").length,
  named: document.querySelectorAll(".md-code__nav[role=none]").length,
  idle: [...document.querySelectorAll(".highlight pre > code, .md-typeset__table")]
    .filter(wide => wide.scrollWidth > wide.clientWidth && wide.tabIndex < 0).length,
  path: document.querySelector(".md-path")?.ariaLabel,
})"""
SAME = f"wanted => JSON.stringify(({FACTS})()) === JSON.stringify(wanted)"
NEXT = ".md-footer__link--next"


STEPS = 6


@pytest.fixture
def loaded(browser: Browser, address: str) -> Callable[[str], dict]:
    """``loaded(url)``: the facts of a page after a full load."""

    @cache
    def facts(url: str) -> dict:
        name = f"{url.removeprefix(address)}index.html"
        with visiting(browser, address, name) as visit:
            return visit.page.evaluate(FACTS)

    return facts


@pytest.mark.skipif(
    not public_address(),
    reason="instant navigation needs the site's address: set SITE_ADDRESS and build",
)
def test_there_and_back(browser: Browser, address: str, loaded: Callable) -> None:
    """On through the lessons, back and forth: one load, and the same facts."""
    with visiting(browser, address, lessons()[0]) as visit:
        page = visit.page
        page.evaluate("window.neverReloaded = true")
        passed = [page.url]
        for _ in range(STEPS):
            page.locator(NEXT).click()
            page.wait_for_url(lambda url: url not in passed)
            passed.append(page.url)
            settled(page, loaded(page.url))
        for url in reversed(passed[:-1]):
            page.go_back()
            page.wait_for_url(url)
            settled(page, loaded(url))
        page.go_forward()
        page.wait_for_url(passed[1])
        settled(page, loaded(passed[1]))
        assert page.evaluate("window.neverReloaded")
        assert not privacy.problems(visit)


def settled(page: Page, wanted: dict) -> None:
    """Wait until the page is as it is after a full load."""
    try:
        page.wait_for_function(SAME, arg=wanted, timeout=10_000)
    except TimeoutError:
        assert page.evaluate(FACTS) == wanted, page.url
