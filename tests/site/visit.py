"""A page in a browser window of its own, and what the browser had to say of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Request, Response

SCRIPT = Path(__file__).with_suffix(".js")
WIDTHS = (390, 768, 1280)
# Observers of sizes are told before the second frame.
DRAWN = """() => new Promise(
  done => requestAnimationFrame(() => requestAnimationFrame(done))
)"""
SCHEMES = ("dark", "light")
NAMES = {"dark": "slate", "light": "default"}  # as the theme has them
SWITCH = "name => document.querySelector(`input[data-md-color-scheme=${name}]`).click()"
SHOWN = "name => document.body.dataset.mdColorScheme === name"
QUIET = 500  # milliseconds, as browsers count it


class Traffic:
    """What a page asks for, from now on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[Request] = []
        self.open: set[Request] = set()
        page.on("request", self.begin)
        for end in ("requestfinished", "requestfailed"):
            page.on(end, lambda request: self.open.discard(request))

    def begin(self, request: Request) -> None:
        """One more, which has not come yet."""
        self.requests.append(request)
        self.open.add(request)

    def end(self) -> None:
        """Wait until all has come, and for a while nothing more was asked for.

        On a busy machine Chromium's own "networkidle" may never be reported.
        """
        asked = -1
        while self.open or len(self.requests) > asked:
            asked = len(self.requests)
            self.page.wait_for_timeout(QUIET)


class Visit:
    """A reader's visit; ``errors`` grows with everything that goes wrong."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.name = ""
        self.traffic = Traffic(page)
        self.requests = self.traffic.requests
        self.first: list[Request] = []
        self.errors: list[str] = []
        page.add_init_script(path=SCRIPT)
        page.on("response", self.on_response)
        page.on("console", lambda m: m.type == "error" and self.wrong(m.text))
        page.on("pageerror", lambda error: self.wrong(f"script error: {error.stack}"))

    def on_response(self, response: Response) -> None:
        """Object to what is not there."""
        if response.status >= 400:
            self.wrong(f"{response.url} answers {response.status}; mend the link")

    def wrong(self, text: str) -> None:
        """Note what is wrong with the page that is shown."""
        self.errors.append(f"{self.name}: {text}")

    def open(self, name: str) -> None:
        """Go to a page by its file's name, at the address that readers use."""
        self.name = name
        self.page.goto(self.address + name.removesuffix("index.html"))

    def first_requests(self) -> list[Request]:
        """What was asked for until the page asked for nothing more; at first once."""
        if not self.first:
            self.traffic.end()
            self.first = list(self.requests)
        return self.first

    def again(self) -> None:
        """Open the same page again, at its top."""
        self.open(self.name)

    def resize(self, width: int) -> None:
        """Make the window this wide."""
        self.page.set_viewport_size({"width": width, "height": 900})

    def show_in(self, scheme: str) -> None:
        """Switch to dark or light by the header's own control, which is remembered."""
        self.page.evaluate(SWITCH, NAMES[scheme])
        self.page.wait_for_function(SHOWN, arg=NAMES[scheme])

    def let_draw(self) -> None:
        """Let the page see that something has changed."""
        self.page.evaluate(DRAWN)

    def open_folds(self) -> None:
        """Open every ``<details>``."""
        self.page.evaluate(
            "document.querySelectorAll('details').forEach(fold => (fold.open = true))"
        )

    def asked_by(self, url: str) -> str:
        """The element that asked for a resource."""
        return self.page.evaluate("url => askedBy(url)", url)


@contextmanager
def visiting(
    browser: Browser, address: str, name: str = "", **options: object
) -> Iterator[Visit]:
    """A visit with an empty cache, and with everything that goes with it."""
    context = browser.new_context(
        base_url=address,
        permissions=["clipboard-read", "clipboard-write"],
        reduced_motion="reduce",
        **options,
    )
    visit = Visit(context.new_page(), address)
    if name:
        visit.open(name)
    yield visit
    context.close()
