"""The index of API names as pages: an overview, and the libraries with their names."""

import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from api_names import SPECIAL, look_up, names_in
from lessons import NAMES, files_of

Uses = dict[str, dict[str, dict[str, list[str]]]]  # module, name, page: examples
ABOUT = """\
Which example shows how a name is used? Here is every name of the standard library
and of other libraries that the examples of this site use, methods under their
class. Built-in names that every program needs, such as `print`, are left out, and
so are methods of `str`, `list` and their like.
"""
GROUPS = ("Python itself", "standard library", "third-party libraries")
# Libraries that lessons are about have a page of their own; it would be too long else.
OWN_PAGE = ("asyncio", "concurrent", "pytest", "sqlalchemy", "sqlite3", "threading")
SHOWN = 8  # links for one name and one lesson: an index is for finding


def api_pages(
    shown: dict[str, list[str]],
    title: Callable[[str], str],
    link: Callable[[str, str], str],
) -> dict[str, str]:
    """Every page of the index by its file, the overview first.

    ``shown`` has the examples of each page; ``title`` and ``link`` write links.
    """
    uses = used_names(shown)
    libraries: dict[str, Uses] = defaultdict(dict)
    for module in sorted(uses, key=str.lower):
        libraries[library_of(module)][module] = uses[module]
    pages = {"api.md": overview(libraries)}
    for page in (*GROUPS, *OWN_PAGE):
        chosen = {name: libraries[name] for name in libraries if page_of(name) == page}
        if chosen:
            pages[file_of(page)] = names_page(page, chosen, title, link)
    return pages


def used_names(shown: dict[str, list[str]]) -> Uses:
    """For each module and name the examples that use it, by page."""
    uses: Uses = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    look_up([list(map(programs_of, paths)) for paths in shown.values()])
    for page, paths in shown.items():
        for path in paths:
            for dotted in names_in(programs_of(path)):
                module, _, name = dotted.partition(":")
                uses[module][name][page].append(path)
    return uses


def programs_of(path: str) -> list[Path]:
    """An example's programs, without the wrong solutions of an exercise."""
    return [
        file
        for file in files_of(path)
        if file.suffix == ".py" and file.parent.name != "wrong"
    ]


def library_of(module: str) -> str:
    """The package that is imported; the special methods stand for themselves."""
    return module.partition(".")[0]


def group_of(library: str) -> str:
    """The heading of the overview under which a library stands."""
    if library in ("builtins", SPECIAL):
        return GROUPS[0]
    return GROUPS[1] if library in sys.stdlib_module_names else GROUPS[2]


def page_of(library: str) -> str:
    """The page that has a library's names."""
    return library if library in OWN_PAGE else group_of(library)


def title_of(library: str) -> str:
    """A library's name as headings and the navigation give it."""
    own = {"builtins": "Built-in names", SPECIAL: "Special methods"}
    return own.get(library) or NAMES.get(library, library)


def file_of(page: str) -> str:
    """The file of a page."""
    return f"api/{page.lower().replace(' ', '-')}.md"


def id_of(module: str, name: str) -> str:
    """A name's anchor: in full (``asyncio.gather``), or its own (``init``)."""
    own = module in ("builtins", SPECIAL)
    return name.strip("_") if own else f"{module}.{name}"


def overview(libraries: dict[str, Uses]) -> str:
    """All names of all libraries, each leading to its examples."""
    lines = ["# API names", "", ABOUT]
    for group in GROUPS:
        lines += [f"## {group[0].upper()}{group[1:]}", ""]
        for library in libraries:
            if group_of(library) == group:
                lines += listed(library, libraries[library])
    return "\n".join(lines)


def listed(library: str, modules: Uses) -> list[str]:
    """A library in the overview."""
    file = file_of(page_of(library))
    names = [
        f"[`{name}`]({file}#{id_of(module, name)})"
        for module in modules
        for name in in_order(modules[module])
    ]
    heading = f"### [{title_of(library)}]({file}#{library.replace(' ', '-')})"
    return [heading, "", " ".join(names), "{ .names }", ""]


def names_page(
    page: str,
    libraries: dict[str, Uses],
    title: Callable[[str], str],
    link: Callable[[str, str], str],
) -> str:
    """The names of some libraries, with the examples that use them."""
    lines = [f"# API names: {page if page in GROUPS else title_of(page)}", ""]
    lines += ["Each name that the examples use, and the examples that use it.", ""]
    for library, modules in libraries.items():
        lines += [f"## {title_of(library)} {{ #{library.replace(' ', '-')} }}", ""]
        for module, names in modules.items():
            lines += [f"### `{module}`", ""] if len(modules) > 1 else []
            for name in in_order(names):
                lines += entry(name, id_of(module, name), names[name], title, link)
    return "\n".join(lines)


def entry(
    name: str,
    id: str,
    uses: dict[str, list[str]],
    title: Callable[[str], str],
    link: Callable[[str, str], str],
) -> list[str]:
    """One name, and for each lesson the examples that use it."""
    lines = [f"`{name}` {{ #{id} }}"]
    for page, paths in uses.items():
        links = [link(path, f"../{page}") for path in paths[:SHOWN]]
        more = len(paths) - len(links)
        rest = f" and {more} more there" if more else ""
        lines.append(f":   [{title(page)}](../{page}.md): {', '.join(links)}{rest}")
    return [*lines, ""]


def in_order(names: dict[str, dict]) -> list[str]:
    """The names of a module: alphabetical, methods after their class."""
    return sorted(names, key=lambda name: (name.lower().split("."), name))
