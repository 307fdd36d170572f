"""The page "Where the examples run": in the page itself, or why not there."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from in_page import InPage, attempt

HEAD = "# Where the examples run"


def where_page(
    shown: dict[str, list[str]],
    tried: InPage | None,
    title: Callable[[str], str],
    link: Callable[[str, str], str],
) -> str:
    """Each page's examples, by where they run; ``title`` and ``link`` make links."""
    if tried is None:
        return f"{HEAD}\n\nNo example has been tried in a browser's Python yet.\n"
    lines = [HEAD, "", *how(shown, tried)]
    for page, paths in shown.items():
        lines += ["", f"## [{title(page)}]({page}.md)", ""]
        links = defaultdict(list)
        for path in paths:
            links[words(path, tried)].append(link(path, page))
        lines += [f"- {where}: {' · '.join(found)}" for where, found in links.items()]
    return "\n".join(lines) + "\n"


def how(shown: dict[str, list[str]], tried: InPage) -> Iterator[str]:
    """What was done to find out, and what came of it."""
    paths = [path for paths in shown.values() for path in paths]
    running = sum(tried.runs(attempt(path)) for path in paths)
    yield f"**{running} of {len(paths)}** examples run in the page, on your own"
    yield f"computer: in {tried.python}, compiled to WebAssembly, which Run fetches"
    yield "from this site. Nothing that you write or run is sent anywhere."
    yield ""
    yield "Nobody typed this list. Each example was run in that Python, and its output"
    yield "compared with its recording; only an equal one has the button Run. All run"
    yield "on your computer: copy them, or download them."


def words(path: str, tried: InPage) -> str:
    """Where an example runs, as a line of the list begins."""
    why_not = tried.why_not(attempt(path))
    return why_not.capitalize() if why_not else "In the page"
