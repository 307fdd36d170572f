"""The menu of a phone, used with the keyboard."""

from playwright.sync_api import Page
from visit import Visit

BUTTON = ".md-header button[aria-expanded]"
STATE = f"document.querySelector('{BUTTON}')?.getAttribute('aria-expanded')"
INSIDE = "document.activeElement.closest('.md-sidebar--primary') !== null"
SHOWN = """[...document.querySelectorAll(".md-sidebar--primary a")]
  .some(link => link.checkVisibility({visibilityProperty: true}))"""


def problems(visit: Visit) -> list[str]:
    """Enter and Space open it, Tab walks through it, Escape closes it."""
    page = visit.page
    visit.resize(390)
    visit.again()
    found = []
    if page.evaluate(STATE) != "false" or page.evaluate(SHOWN):
        return [f"{visit.name}: {BUTTON}: no closed menu is here; keep it closed"]
    for key in ("Enter", "Space"):
        found += one_round(page, key)
    return [f"{visit.name}: {BUTTON}: {text}" for text in found]


def one_round(page: Page, key: str) -> list[str]:
    """Open with one key, walk, close with Escape."""
    page.locator(BUTTON).focus()
    page.keyboard.press(key)
    if page.evaluate(STATE) != "true" or not page.evaluate(SHOWN):
        return [f"{key} does not open the menu"]
    page.keyboard.press("Tab")
    found = [] if page.evaluate(INSIDE) else ["Tab does not lead into the open menu"]
    page.keyboard.press("Escape")
    if page.evaluate(STATE) != "false" or page.evaluate(SHOWN):
        found.append("Escape does not close the menu")
    elif not page.locator(BUTTON).evaluate("e => e === document.activeElement"):
        found.append("Escape does not give the focus back")
    return found
