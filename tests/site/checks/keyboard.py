"""A walk through the page with Tab alone."""

from pathlib import Path

from visit import Visit

BATCH = 25
SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")

LEADS_IN = """Boolean(document.getElementById(
  document.activeElement.hash?.slice(1) ?? "")?.closest("main"))"""


def walk(visit: Visit, width: int) -> list[dict]:
    """Press Tab from the top of the page to its end, or until it goes in a circle."""
    page = visit.page
    visit.resize(width)
    visit.again()
    visit.open_folds()
    page.evaluate(SCRIPT)
    stops = None
    while stops is None:
        for _ in range(BATCH):
            page.keyboard.press("Tab")
        stops = page.evaluate("keyboard.walked()")
    return stops


def problems(visit: Visit, stops: list[dict], width: int) -> list[str]:
    """What a reader with a keyboard would stumble over on this walk."""
    found = []
    for stop in stops:
        if stop["held"]:
            found.append(f"{stop['name']}: holds the focus: Tab does not lead on")
        elif not stop["shown"]:
            found.append(f"{stop['name']}: takes the focus and cannot be seen")
        elif not stop["marked"]:
            found.append(f"{stop['name']}: looks the same with the focus; outline it")
        if not stop["after"] and not stop["held"]:
            found.append(f"{stop['name']}: comes too late; Tab follows the text")
    for name in visit.page.evaluate("keyboard.missed()"):
        found.append(f"{name}: Tab does not come here; make it focusable")
    for name in visit.page.evaluate("keyboard.labels()"):
        found.append(f"{name}: only a mouse can use this; make it a button")
    return [f"{visit.name}: {text} ({width} px)" for text in found]


def skip_link(visit: Visit) -> list[str]:
    """The first Tab offers to skip to the text, and does."""
    visit.again()
    visit.page.keyboard.press("Tab")
    if visit.page.evaluate(LEADS_IN):
        visit.page.keyboard.press("Enter")
        if visit.page.evaluate("document.activeElement.closest('main') !== null"):
            return []
    return [f"{visit.name}: the first link does not skip to <main>; put one there"]
