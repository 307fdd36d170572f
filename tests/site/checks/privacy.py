"""A visit sets no cookies, asks no other host and fails at nothing."""

from visit import Visit

# Without Run and Edit, of which test_run.py uses every one.
CONTROLS = "button:not([data-action]), summary, input, select, textarea, label[for]"
# Click it, if it can be seen just now.
USE = """control => {
  const seen = control.checkVisibility({visibilityProperty: true});
  if (seen) control.click();
  return seen;
}"""


def problems(visit: Visit) -> list[str]:
    """What went wrong since the page was opened."""
    found = [*visit.errors]
    for url in foreign(visit):
        found.append(
            f"{visit.name}: {visit.asked_by(url)}: asks another host for {url}; "
            "bring it along"
        )
    for url, rule in visit.page.evaluate("window.refused ?? []"):
        found.append(
            f"{visit.name}: {visit.asked_by(url)}: {rule} of the policy refuses {url}; "
            "bring it along, or leave it out"
        )
    for cookie in visit.page.context.cookies():
        found.append(f"{visit.name}: sets the cookie {cookie['name']}; do without")
    return found


def foreign(visit: Visit) -> list[str]:
    """The addresses outside the site that were asked."""
    own = (visit.address, "data:", "blob:", "file:")
    urls = dict.fromkeys(request.url for request in visit.requests)
    return [url for url in urls if not url.startswith(own)]


def click_everything(visit: Visit) -> int:
    """Use every control that is no link and can be seen; answers how many."""
    used = 0
    for control in visit.page.query_selector_all(CONTROLS):
        if control.evaluate(USE):
            visit.page.keyboard.press("Escape")
            used += 1
    visit.traffic.end()
    return used
