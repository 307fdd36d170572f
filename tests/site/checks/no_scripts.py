"""A page is whole without JavaScript."""

from visit import Visit

HIDDEN = """() => [...document.querySelectorAll(
    "article :is(h1, h2, h3, p, pre, table, figure)")]
  .filter(element => !element.closest("details") && !element.matches(".needs-script"))
  .filter(element => element.textContent.trim() && !element.checkVisibility(
    {opacityProperty: true, visibilityProperty: true}))
  .map(element => `${element.localName}#${element.closest("[id]")?.id}`)"""
NAVIGATION = ".md-sidebar--primary .md-nav__link"


def problems(visit: Visit) -> list[str]:
    """What is hidden, and folds and menus that do not open."""
    page = visit.page
    found = [f"{name} is hidden" for name in page.evaluate(HIDDEN)]
    for number, fold in enumerate(page.locator("article details").all()):
        was_open = fold.evaluate("fold => fold.open")
        fold.locator("summary").first.click()
        if fold.evaluate("fold => fold.open") == was_open:
            found.append(f"article details:nth({number}) does not open")
    visit.resize(390)
    page.locator("label[for=__drawer].md-icon").click()
    links = page.locator(NAVIGATION)
    if not any(link.is_visible() for link in links.all()):
        found.append(f"{NAVIGATION}: the menu does not open")
    return [
        f"{visit.name}: {text} without JavaScript; show it without" for text in found
    ]
