"""Progress in a real browser: ticks, what is kept, and forgetting it."""

import re
from collections.abc import Callable

import node
import pytest
from checks import axe, privacy
from playwright.sync_api import Browser, Locator, Page, expect
from site_pages import lessons, public_address
from visit import Visit, visiting

LESSON = "concurrency/tasks"
OTHER = "concurrency/threads"
PROGRESS = "progress/index.html"
EDIT = f"edit {LESSON}/gather.py"
PASS = """async (lesson) => {
  const script = document.querySelector("script[src$='assets/progress.js']");
  const { pass } = await import(script.src);
  if (lesson) pass(lesson);
}"""
FULL = """Storage.prototype.setItem = function (name, value) {
  throw new DOMException("full", "QuotaExceededError");
};"""
DENIED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); },
});"""


def open_page(page: Page, address: str, name: str) -> None:
    """Go to a page by its address below the site's."""
    page.goto(f"{address}{name}/")


def side_bar(page: Page, lesson: str = LESSON) -> Locator:
    """The link to a lesson in the side bar."""
    end = lesson.rpartition("/")[2]
    links = page.locator(".md-sidebar--primary a.md-nav__link")
    title = {"tasks": "Run coroutines", "threads": "Run threads"}[end]
    return links.filter(has_text=title)


def ticks(place: Locator) -> Locator:
    """The ticks in a part of the page, as screen readers hear them."""
    return place.get_by_role("img", name="exercise passed", include_hidden=True)


def item(page: Page, title: str = "Run coroutines") -> Locator:
    """A lesson in the list of the page on progress."""
    return page.locator(".progress li").filter(has_text=title)


def do_something(page: Page, address: str) -> None:
    """One answer, one edit and one passed exercise of a lesson."""
    open_page(page, address, LESSON)
    page.locator(".question").first.get_by_role("radio").first.check()
    page.evaluate("name => localStorage.setItem(name, 'text')", EDIT)
    page.evaluate(PASS, LESSON)


def test_nothing_is_ticked_at_first(page: Page, address: str) -> None:
    """A new reader has passed nothing."""
    open_page(page, address, LESSON)
    no_ticks(page)


def no_ticks(page: Page) -> None:
    """There are none, and the script that makes them has run."""
    page.evaluate(PASS)
    expect(page.locator(".tick")).to_have_count(0)


def test_passed_lesson_is_ticked(page: Page, address: str) -> None:
    """At once, in the navigation and beside the heading; also after a reload."""
    open_page(page, address, LESSON)
    page.evaluate(PASS, LESSON)
    for _ in "at once", "after a reload":
        expect(ticks(side_bar(page))).to_be_visible()
        expect(ticks(page.locator("h2#exercise"))).to_be_visible()
        expect(ticks(side_bar(page, OTHER))).to_have_count(0)
        # The third is in the button that stands in for the link on a phone.
        expect(page.locator(".tick")).to_have_count(3)
        page.reload()
    page.evaluate(PASS, LESSON)
    expect(ticks(side_bar(page))).to_have_count(1)
    name = re.compile("Run coroutines.* exercise passed")
    expect(page.get_by_role("link", name=name).first).to_be_visible()


def test_other_pages_tick_it_too(page: Page, address: str) -> None:
    """A lesson is ticked where it is not the open page, whose exercise is not."""
    open_page(page, address, OTHER)
    page.evaluate(PASS, LESSON)
    expect(ticks(side_bar(page))).to_be_visible()
    expect(ticks(page.locator("h2#exercise"))).to_have_count(0)


def test_ticks_on_a_phone(page: Page, address: str) -> None:
    """The drawer has a tick at the open page and at others."""
    page.set_viewport_size({"width": 390, "height": 900})
    open_page(page, address, LESSON)
    page.evaluate(PASS, LESSON)
    page.evaluate(PASS, OTHER)
    page.get_by_role("button", name="Menu").click()
    menu = page.locator(".md-sidebar--primary")
    opened = menu.get_by_role(
        "button", name=re.compile("Run coroutines.* exercise passed")
    )
    expect(opened).to_be_visible()
    expect(ticks(opened)).to_be_visible()
    expect(ticks(side_bar(page, OTHER))).to_be_visible()


@pytest.mark.skipif(
    not public_address(),
    reason="instant navigation needs the site's address: set SITE_ADDRESS and build",
)
def test_ticks_survive_instant_navigation(page: Page, address: str) -> None:
    """On to other lessons and to the page on progress, without a load."""
    open_page(page, address, LESSON)
    page.evaluate(PASS, LESSON)
    page.evaluate("window.neverReloaded = true")
    page.locator(".md-footer__link--prev").click()
    page.wait_for_url(re.compile("coroutines"))
    expect(page.locator("h1")).to_contain_text("Write coroutines")
    expect(ticks(side_bar(page))).to_be_visible()
    expect(ticks(page.locator("h2#exercise"))).to_have_count(0)
    page.locator(".md-tabs__link", has_text="Reference").click()
    page.wait_for_url(re.compile("worlds"))
    page.locator(".md-sidebar--primary a", has_text="Your progress").click()
    expect(item(page)).to_contain_text("exercise passed")
    page.go_back()
    page.go_back()
    page.go_back()
    page.wait_for_url(re.compile("tasks"))
    expect(ticks(page.locator("h2#exercise"))).to_be_visible()
    assert page.evaluate("window.neverReloaded")


def test_progress_is_counted(page: Page, address: str) -> None:
    """The page says what was answered and passed, of how much, in all and each."""
    open_page(page, address, "progress")
    total = page.locator(".progress > p").first
    expect(total).to_have_text(
        re.compile(r"^0 of \d+ questions answered, 0 of \d+ exercises passed\.$")
    )
    expect(page.locator(".progress button")).to_have_count(0)
    do_something(page, address)
    open_page(page, address, "progress")
    expect(total).to_have_text(
        re.compile(r"^1 of \d+ questions answered, 1 of \d+ exercises passed\.$")
    )
    expect(item(page)).to_contain_text("1 of 2 questions answered, exercise passed")
    other = item(page, "Run threads")
    nothing = re.compile(r"0 of \d questions answered, exercise not passed")
    expect(other).to_contain_text(nothing)
    expect(page.get_by_role("button", name="Forget Run")).to_have_count(1)


def test_forgetting_a_lesson(page: Page, address: str) -> None:
    """Only what is kept of this one goes; what was forgotten is said."""
    do_something(page, address)
    page.evaluate(PASS, OTHER)
    page.evaluate("localStorage.setItem('edit concurrency/tasks_too/a.py', 'text')")
    open_page(page, address, "progress")
    page.get_by_role("button", name="Forget Run coroutines").click()
    expect(page.get_by_role("status")).to_have_text(
        "Forgotten: 1 answer, 1 edited program and 1 passed exercise."
    )
    expect(item(page)).to_contain_text("0 of 2 questions answered, exercise not passed")
    expect(item(page).get_by_role("link")).to_be_focused()
    expect(item(page, "Run threads")).to_contain_text("exercise passed")
    assert sorted(mine(page)) == [
        "edit concurrency/tasks_too/a.py",
        f"passed {OTHER}",
    ]


def mine(page: Page) -> list[str]:
    """The names of what is kept, without the theme's."""
    names = page.evaluate("Object.keys(localStorage)")
    return [name for name in names if not name.startswith("/")]


def test_forgetting_everything(page: Page, address: str) -> None:
    """It asks first; then nothing is left but what is not ours."""
    do_something(page, address)
    page.evaluate("localStorage.setItem('questionable', 'not ours')")
    open_page(page, address, "progress")
    page.get_by_role("button", name="Forget everything").click()
    choice = page.get_by_role("group", name="Forget everything")
    expect(choice).to_contain_text("1 answer, 1 edited program and 1 passed exercise?")
    keep = page.get_by_role("button", name="No, keep it")
    expect(keep).to_be_focused()
    keep.press("Enter")
    expect(page.get_by_role("button", name="Forget everything")).to_be_focused()
    assert len(mine(page)) == 4
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Yes, forget it").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Forgotten: 1 answer, ")
    expect(page.get_by_role("status")).to_be_focused()
    expect(page.locator(".progress button")).to_have_count(0)
    assert mine(page) == ["questionable"]
    open_page(page, address, LESSON)
    no_ticks(page)
    expect(page.locator(".question :checked")).to_have_count(0)


@pytest.mark.parametrize("storage", [FULL, DENIED], ids=["full", "denied"])
def test_without_storage(
    browser: Browser, address: str, storage: str, own_errors: Callable
) -> None:
    """Where nothing can be kept, nothing is ticked and nothing breaks."""
    with visiting(browser, address) as visit:
        visit.page.add_init_script(storage)
        visit.open(f"{LESSON}/index.html")
        visit.page.evaluate(PASS, LESSON)
        expect(visit.page.locator(".tick")).to_have_count(0)
        visit.open(PROGRESS)
        expect(visit.page.locator(".progress > p").first).to_contain_text("0 of ")
        expect(visit.page.locator(".progress button")).to_have_count(0)
        assert not own_errors(visit)


@pytest.fixture
def own_errors() -> Callable[[Visit], list[str]]:
    """The errors of our scripts; the theme's own need storage."""
    ours = re.compile(r"(kept|progress)\.js")

    def errors(visit: Visit) -> list[str]:
        return [error for error in visit.errors if ours.search(error)]

    return errors


def test_without_scripts(browser: Browser, address: str) -> None:
    """The page says so, lists the lessons, and has no button; hints unfold."""
    options = {"java_script_enabled": False}
    with visiting(browser, address, PROGRESS, **options) as visit:
        page = visit.page
        expect(page.locator("article")).to_contain_text("without JavaScript")
        expect(item(page)).to_contain_text("2 questions, 1 exercise")
        expect(page.locator(".progress button")).to_have_count(0)
        visit.open(f"{LESSON}/index.html")
        first, second = (page.get_by_text(f"Hint {n} of 4") for n in (1, 2))
        expect(second).not_to_be_visible()
        first.click()
        second.click()
        expect(page.get_by_text("Hint 3 of 4")).to_be_visible()


def test_every_lesson_is_listed(page: Page, address: str) -> None:
    """The list leads to each lesson with an exercise, in the order of the site."""
    open_page(page, address, "progress")
    links = page.locator(".progress li a")
    urls = links.evaluate_all("links => links.map(link => link.href)")
    names = [f"{url.removeprefix(address)}index.html" for url in urls]
    assert sorted(names) == [n for n in lessons() if not n.startswith("proven")]


@pytest.mark.parametrize("name", [f"{LESSON}/index.html", PROGRESS])
def test_axe_finds_nothing_with_ticks(browser: Browser, address: str, name: str):
    """Ticks, buttons and open hints in both schemes and all widths."""
    with visiting(browser, address) as visit:
        do_something(visit.page, address)
        visit.open(name)
        assert not axe.problems(visit, node.module("axe-core"))
        expect(visit.page.locator(".tick, .progress__passed").first).to_be_attached()
        if name == PROGRESS:
            visit.page.get_by_role("button", name="Forget everything").click()
            assert not axe.violations(visit)
        assert not privacy.problems(visit)
