"""Nothing is loaded that the page does not use."""

from collections import Counter

from visit import Visit

IDLE = """() => {
  const bare = selector => selector.replace(/::?(before|after|[a-z-]*selection)/g, "");
  const matches = selector => selector && document.querySelector(bare(selector));
  const used = sheet => [...sheet.cssRules].some(
    rule => rule.cssRules?.length ? used(rule) : matches(rule.selectorText));
  const sheets = [...document.styleSheets].filter(sheet => !used(sheet));
  const asked = new Set(performance.getEntriesByType("resource")
    .filter(entry => entry.initiatorType !== "link").map(entry => entry.name));
  const early = [...document.querySelectorAll("link[rel$=preload]")]
    .filter(link => !asked.has(link.href));
  return [...sheets.map(sheet => sheet.ownerNode), ...early].map(selectorOf);
}"""


def problems(visit: Visit) -> list[str]:
    """Style sheets without a rule for the page, idle preloads, repeated requests."""
    found = [
        f"{visit.name}: {name}: loaded and not used; leave it out"
        for name in visit.page.evaluate(IDLE)
    ]
    times = Counter(request.url for request in visit.first_requests())
    return found + [
        f"{visit.name}: {url} is requested {n} times; once is enough"
        for url, n in times.items()
        if n > 1 and url.startswith("http")
    ]
