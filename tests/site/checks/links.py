"""Links and anchors lead somewhere, asked of the server as a reader would."""

from urllib.parse import unquote

from visit import Visit

LINKS = """() => [...document.querySelectorAll("a[href]")]
  .filter(link => link.href.startsWith(location.origin))
  .map(link => [selectorOf(link), link.href.split("#")[0], link.hash.slice(1)])"""
ANCHORS = """async url => {
  const answer = await fetch(url);
  if (!answer.ok) return null;
  const kind = answer.headers.get("Content-Type");
  if (!kind.startsWith("text/html")) return [];
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return [...page.querySelectorAll("[id]")].map(element => element.id);
}"""


def problems(visit: Visit, known: dict[str, set[str] | None]) -> list[str]:
    """Each link that leads nowhere; ``known`` keeps what was asked before."""
    found = []
    for name, url, anchor in visit.page.evaluate(LINKS):
        if url not in known:
            ids = visit.page.evaluate(ANCHORS, url)
            known[url] = None if ids is None else set(ids)
        if known[url] is None:
            found.append(f"{visit.name}: {name}: {url} is not there; mend the link")
        elif anchor and unquote(anchor) not in known[url]:
            found.append(f"{visit.name}: {name}: {url} has no #{anchor}; mend the link")
    return found
