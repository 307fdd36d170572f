"""Questions in a real browser: what is said of a choice, and what is kept of it."""

import re
from collections.abc import Callable

import node
import pytest
from checks import axe, privacy
from playwright.sync_api import Browser, Locator, Page, expect
from site_pages import SITE, lessons, public_address
from storage import DENIED, FULL
from visit import Visit, visiting

ASKING = [
    name for name in lessons() if "question__ask" in (SITE / name).read_text("utf-8")
]
LESSON = "concurrency/tasks/index.html"


def question(page: Page) -> Locator:
    """The first question of a page."""
    return page.locator(".question").first


def status(page: Page) -> Locator:
    """What is said of the choice in the first question."""
    return question(page).get_by_role("status")


def choices(page: Page) -> tuple[Locator, Locator]:
    """A wrong choice of the first question, and the right one."""
    right = question(page).locator("dt .question__right").text_content()
    radios = question(page).get_by_role("radio")
    texts = question(page).locator("label").all_text_contents()
    at = [text.strip() for text in texts].index(right)
    return radios.nth(1 if at == 0 else 0), radios.nth(at)


def open_lesson(page: Page, address: str) -> None:
    """Go to the lesson."""
    page.goto(address + LESSON.removesuffix("index.html"))


@pytest.mark.parametrize("name", ASKING)
def test_each_choice_explains_itself(page: Page, address: str, name: str) -> None:
    """Each radio says at once whether it is right and why; one of them is."""
    page.goto(address + name.removesuffix("index.html"))
    for asked in page.locator(".question").all():
        said = []
        terms = asked.locator("dt").all_text_contents()
        reasons = asked.locator("dd").all_text_contents()
        for n, radio in enumerate(asked.get_by_role("radio").all()):
            expect(asked.locator("details").first).not_to_have_attribute("open", "")
            radio.check()
            text = asked.get_by_role("status").text_content()
            assert text == terms[n] + reasons[n]
            label = asked.locator("label").nth(n).text_content().strip()
            assert label in terms[n]
            said.append(text.partition(":")[0])
        assert sorted(set(said)) == ["Right", "Wrong"]
        assert said.count("Right") == 1


def test_every_lesson_asks() -> None:
    """Each lesson has at least two questions."""
    assert set(ASKING) >= {name for name in lessons() if not name.startswith("proven")}
    for name in ASKING:
        assert (SITE / name).read_text("utf-8").count("<fieldset") >= 2


def test_choice_is_kept(page: Page, address: str) -> None:
    """Wrong, then right; the last choice is there after a reload, with its reason."""
    open_lesson(page, address)
    wrong, right = choices(page)
    wrong.check()
    expect(status(page)).to_contain_text("Wrong:")
    right.check()
    expect(status(page)).to_contain_text("Right:")
    page.reload()
    expect(choices(page)[1]).to_be_checked()
    expect(status(page)).to_contain_text("Right:")


def test_changed_question_is_asked_anew(page: Page, address: str) -> None:
    """What was chosen in another version of a question is not shown."""
    open_lesson(page, address)
    choices(page)[1].check()
    page.evaluate(
        """() => { for (const name of Object.keys(localStorage)) {
          if (name.startsWith("question ")) {
            const [, choice] = localStorage[name].split(" ");
            localStorage[name] = `00000000 ${choice}`;
          }
        } }"""
    )
    page.reload()
    expect(choices(page)[1]).not_to_be_checked()
    expect(status(page)).to_be_empty()


@pytest.mark.skipif(
    not public_address(),
    reason="instant navigation needs the site's address: set SITE_ADDRESS and build",
)
def test_choice_survives_instant_navigation(page: Page, address: str) -> None:
    """On to another lesson and back, without a load: the choice is there."""
    open_lesson(page, address)
    choices(page)[0].check()
    page.evaluate("window.neverReloaded = true")
    page.locator(".md-footer__link--prev").click()
    page.wait_for_url(re.compile("coroutines"))
    expect(page.locator("h1")).to_contain_text("Write coroutines")
    choices(page)[1].check()
    expect(status(page)).to_contain_text("Right:")
    page.go_back()
    page.wait_for_url(re.compile("tasks"))
    expect(page.locator("h1")).to_contain_text("Run coroutines")
    expect(choices(page)[0]).to_be_checked()
    expect(status(page)).to_contain_text("Wrong:")
    assert page.evaluate("window.neverReloaded")


def test_keyboard_alone(page: Page, address: str) -> None:
    """Space chooses, arrows move on, Tab leads to the answer, Enter unfolds it."""
    open_lesson(page, address)
    radios = question(page).get_by_role("radio")
    radios.first.focus()
    page.keyboard.press("Space")
    expect(radios.first).to_be_checked()
    before = status(page).text_content()
    assert before
    page.keyboard.press("ArrowDown")
    expect(radios.nth(1)).to_be_checked()
    expect(status(page)).not_to_have_text(before)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(question(page).locator(".example__output")).to_be_visible()


def test_without_scripts(browser: Browser, address: str) -> None:
    """The fold has the right choice, every reason and what was printed."""
    options = {"java_script_enabled": False}
    with visiting(browser, address, LESSON, **options) as visit:
        asked = question(visit.page)
        for hidden in (".question__right", ".example__output"):
            expect(asked.locator(hidden)).not_to_be_visible()
        asked.locator("summary").first.click()
        for shown in (".question__right", ".example__output"):
            expect(asked.locator(shown)).to_be_visible()
        assert asked.locator("dd").count() == asked.get_by_role("radio").count()


@pytest.mark.parametrize("storage", [FULL, DENIED], ids=["full", "denied"])
def test_without_storage(
    browser: Browser, address: str, storage: str, own_errors: Callable
) -> None:
    """Where nothing can be kept, a choice is answered all the same."""
    with visiting(browser, address) as visit:
        visit.page.add_init_script(storage)
        visit.open(LESSON)
        choices(visit.page)[0].check()
        expect(status(visit.page)).to_contain_text("Wrong:")
        visit.page.reload()
        expect(status(visit.page)).to_be_empty()
        choices(visit.page)[1].check()
        expect(status(visit.page)).to_contain_text("Right:")
        assert not own_errors(visit)


@pytest.fixture
def own_errors() -> Callable[[Visit], list[str]]:
    """The errors of our scripts; the theme's own need storage."""

    def errors(visit: Visit) -> list[str]:
        return [
            error
            for error in visit.errors
            if "questions.js" in error or "kept.js" in error
        ]

    return errors


def test_axe_finds_nothing_in_an_answer(browser: Browser, address: str) -> None:
    """One question is answered wrong, one right; the rest of the page is as ever."""
    with visiting(browser, address, LESSON) as visit:
        choices(visit.page)[0].check()
        other = visit.page.locator(".question").nth(1)
        other.get_by_role("radio").first.check()
        assert not axe.problems(visit, node.module("axe-core"), within=".question")
        expect(choices(visit.page)[0]).to_be_checked()
        assert not privacy.problems(visit)
