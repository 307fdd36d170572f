"""What scrolls sideways can be scrolled with the arrow keys."""

from playwright.sync_api import TimeoutError
from visit import Visit

MARK = """() => {
  const scrolls = element => element.scrollWidth > element.clientWidth + 1
    && ["auto", "scroll"].includes(getComputedStyle(element).overflowX)
    && element.checkVisibility();
  const found = [...document.querySelectorAll("article *")].filter(scrolls);
  found.forEach((element, n) => element.setAttribute("data-scrolls", n));
  return found.map(selectorOf);
}"""
MOVED = "n => document.querySelector(`[data-scrolls='${n}']`).scrollLeft > 0"
FOCUS = """n => {
  const element = document.querySelector(`[data-scrolls='${n}']`);
  element.focus();
  return document.activeElement === element;
}"""


def problems(visit: Visit, width: int) -> list[str]:
    """Each element that is wider than its window and stays where it is."""
    page = visit.page
    visit.resize(width)
    visit.again()
    visit.open_folds()
    found = []
    for number, name in enumerate(page.evaluate(MARK)):
        if not page.evaluate(FOCUS, number):
            found.append(f"{visit.name}: {name}: scrolls, and takes no focus")
            continue
        page.keyboard.press("ArrowRight")
        try:
            page.wait_for_function(MOVED, arg=number, timeout=2000)
        except TimeoutError:
            found.append(f"{visit.name}: {name}: the right arrow does not scroll it")
    return found
