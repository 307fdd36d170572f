"""The site in a real browser: what a reader clicks does what it says."""

import pytest
from playwright.sync_api import Browser, Page
from site_pages import SITE, figures, pages

WITH_EXAMPLES = [page for page in pages() if figures(page)]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_copy_is_the_file(name: str, page: Page) -> None:
    """Each Copy button gives exactly the file; an output has no button."""
    page.goto(name)
    page.wait_for_selector(".example__code button", state="attached")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for figure in figures(name):
        shown = page.locator(f"figure#{figure.id}")
        assert shown.locator(".example__output button").count() == 0
        buttons = shown.locator(".example__code button")
        own = [text for n, text in figure.files.items() if n != "test_exercise.py"]
        texts = own if figure.output else list(figure.files.values())
        assert buttons.count() == len(texts)
        for index, text in enumerate(texts):
            buttons.nth(index).click()
            page.wait_for_function(
                "expected => navigator.clipboard.readText().then(t => t === expected)",
                arg=text,
            )


def test_link_leads_to_the_example(page: Page) -> None:
    """An example's Link puts its address into the bar."""
    name = WITH_EXAMPLES[-1]
    figure = figures(name)[0]
    page.goto(name)
    page.locator(f"figure#{figure.id} .example__tools a[href$='#{figure.id}']").click()
    assert page.url.endswith(f"#{figure.id}")


def test_download_gives_the_file(page: Page) -> None:
    """Download saves a file that holds the program."""
    name = next(p for p in WITH_EXAMPLES if "threads" in p)
    figure = figures(name)[0]
    page.goto(name)
    with page.expect_download() as waiting:
        page.locator(f"figure#{figure.id} a[download]").click()
    saved = waiting.value.path().read_text("utf-8")
    assert next(iter(figure.files.values())) in saved


def test_definition_of_a_word(page: Page) -> None:
    """It shows on hover and on focus, stays under the pointer, and Escape hides it."""
    page.goto("concurrency/tasks/index.html")
    word = page.locator("a.term").first
    definition = word.get_attribute("title")
    shown = page.locator(".md-tooltip2--active", has_text=definition)
    word.hover()
    shown.wait_for()
    box = shown.locator("> *").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=9)
    page.wait_for_function("() => document.querySelector('.md-tooltip2--active:hover')")
    page.keyboard.press("Escape")
    shown.wait_for(state="hidden")
    page.mouse.move(0, 0)
    page.locator(".md-tooltip2").wait_for(state="detached")
    word.focus()
    shown.wait_for()
    page.keyboard.press("Escape")
    shown.wait_for(state="hidden")


def test_readable_without_scripts(browser: Browser, address: str) -> None:
    """Code, output, download and link are there without JavaScript."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    name = next(p for p in WITH_EXAMPLES if "threads" in p)
    page.goto(name)
    assert page.locator("figure.example").first.is_visible()
    assert page.locator(".example__output").first.is_visible()
    context.close()


def test_site_is_whole() -> None:
    """The pages a reader is promised are there."""
    for name in ("index.html", "examples/index.html", "proven/index.html", "llms.txt"):
        assert (SITE / name).is_file(), name
