"""How the system's Chromium is started: alone, and with no way out."""

from collections.abc import Iterator
from contextlib import contextmanager

from needed import browser_program
from playwright.sync_api import Browser, Playwright

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--ignore-certificate-errors",
    "--disable-smooth-scrolling",
]
# Each window of Chromium 156 loads two pages of its own, for suggestions that
# nobody sees here: half the work of a visit. The others are those of Playwright's
# list, which this one replaces, that change how a page is loaded.
WITHOUT = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
]
# WebAssembly is ready in half the time and runs slower, which pays for short programs.
QUICKLY = "--js-flags=--liftoff-only"


def options(host: str, port: int) -> list[str]:
    """Options under which the site's own host is our server, and no other is there."""
    rules = f"MAP {host} 127.0.0.1:{port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    return [*OPTIONS, f"--host-resolver-rules={rules}"]


@contextmanager
def launched(playwright: Playwright, options: list[str]) -> Iterator[Browser]:
    """The system's Chromium, headless."""
    args = [*options, f"--disable-features={','.join(WITHOUT)}"]
    browser = playwright.chromium.launch(executable_path=browser_program(), args=args)
    yield browser
    browser.close()
