"""Links, pictures and anchors of the finished site: where do they lead?"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from rendered import Finding, Rendered

EXTERNAL = re.compile(r"^(https?:)?//|^(mailto|data|javascript):")


def dead_ends(pages: list[Rendered], site: Path, base: str) -> Iterator[Finding]:
    """Links, pictures and anchors that lead nowhere in the site."""
    ids = {page.url: set(page.page.ids) | {""} for page in pages}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*")}
    for page in pages:
        for element in [*page.page.links, *page.page.pictures]:
            link = element.attributes.get("href", element.attributes.get("src"))
            if link is None or EXTERNAL.match(link):
                continue
            problem = leads_nowhere(link, page.url, files, ids, base)
            if problem:
                yield page.finding(f"{problem}; mend the link", source_of(link, page))


def leads_nowhere(
    link: str, url: str, files: set[str], ids: dict[str, set[str]], base: str
) -> str:
    """What is wrong with a link of the page at ``url``; empty when it is good."""
    parts = urlsplit(urljoin(f"{base}{url}", link))
    path = unquote(parts.path.removeprefix(base)).rstrip("/")
    index = f"{path}/index.html".lstrip("/")
    path = index if index in files else path
    if path not in files:
        return f"the link {link} leads to no page"
    anchor = unquote(parts.fragment)
    if path in ids and anchor not in ids[path] and anchor != "__codelineno":
        return f"the link {link} leads to no '#{anchor}' on its page"
    return ""


def source_of(link: str, page: Rendered) -> str:
    """What to look for in the source to find a link's line."""
    anchor = urlsplit(link).fragment
    if anchor:
        return f"#{anchor}"
    return Path(urlsplit(link).path.rstrip("/")).stem or link
