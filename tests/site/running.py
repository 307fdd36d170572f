"""Examples that are run in the page, as a reader runs them."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from site_pages import SITE, pages
from visit import Visit

from proving.examples import Example, examples

SPY = Path(__file__).with_suffix(".js")
START = 60_000  # milliseconds that a first start may take on a slow machine
ENDED = re.compile(r"^Ended after \d+ ms")
# As a browser is that has no JavaScript Promise Integration.
WITHOUT_JSPI = "delete WebAssembly.Suspending; delete WebAssembly.promising;"


def running_pages() -> list[str]:
    """The pages with an example that runs in them."""
    return [name for name in pages() if "data-run=" in (SITE / name).read_text("utf-8")]


def example(id: str) -> Example:
    """The example that a figure shows."""
    return {one.id: one for one in examples()}[re.sub(r"\.(py|sql)$", "", id)]


def texts(one: Example) -> dict[str, str]:
    """The files of an example, as they are in ``snippets/``."""
    return {name: path.read_text("utf-8") for name, path in one.files.items()}


def open_listening(visit: Visit, name: str) -> None:
    """Open a page, and hear what it says to its workers."""
    visit.page.add_init_script(path=SPY)
    visit.open(name)


def without_jspi(page: Page) -> None:
    """Make the browser one in which a program cannot wait for the page."""
    page.add_init_script(WITHOUT_JSPI)

    script = (SITE / "assets" / "run" / "python.js").read_text("utf-8")
    older = {"body": WITHOUT_JSPI + script, "content_type": "text/javascript"}
    page.context.route("**/run/python.js", lambda route: route.fulfill(**older))


class Figure:
    """An example of the page, or an exercise's starter."""

    def __init__(self, page: Page, id: str) -> None:
        self.page = page
        can_run = ":is([data-run], [data-check])"
        self.box = page.locator(f'figure[data-example="{id}"]{can_run}')
        self.id = id
        self.status = self.box.locator(".run__status")
        self.output = self.box.get_by_role("log", include_hidden=True)
        self.editor = self.box.get_by_role("textbox", name=re.compile("^Edit "))

    def button(self, action: str) -> Locator:
        """Its button for ``run`` (or to stop), ``edit`` or ``reset``."""
        return self.box.locator(f"[data-action={action}]")

    def run(self) -> None:
        """Click Run, or Check, or Stop."""
        self.button("run").click()

    def says(self, text: str | re.Pattern) -> None:
        """Wait until the status says this."""
        expect(self.status).to_have_text(text, timeout=START)

    def ends(self) -> None:
        """Run the program to its end."""
        self.run()
        self.says(ENDED)

    def write(self, text: str) -> None:
        """Put this text into the editor, as typing it would."""
        self.button("edit").click()
        expect(self.editor).to_be_focused()
        for key in "Control+a", "Backspace":
            self.page.keyboard.press(key)
        self.page.keyboard.insert_text(text.removesuffix("\n"))

    def printed(self, stream: str) -> str:
        """What the last run has printed there."""
        parts = self.output.locator(f"[data-stream={stream}]").all_text_contents()
        return "".join(parts)

    def ran(self) -> dict:
        """The program that was sent to the last run."""
        return self.page.evaluate("heard.findLast(({ run }) => run).run")
