"""What a page says of itself: language, title, description, and its headings."""

from collections import defaultdict
from pathlib import Path

from bs4 import BeautifulSoup


def problems(site: Path, name: str) -> list[str]:
    """What is missing, and each heading that skips a level."""
    page = BeautifulSoup((site / name).read_text("utf-8"), "html.parser")
    found = [f"{what} is missing" for what, text in facts(page).items() if not text]
    levels = [int(heading.name[1]) for heading in headings(page)]
    if levels.count(1) != 1:
        found.append(f"{levels.count(1)} headings <h1>; one is the page's title")
    for heading, before in zip(headings(page)[1:], levels, strict=False):
        if int(heading.name[1]) > before + 1:
            found.append(
                f"#{heading.get('id')} '{heading.get_text(strip=True)}': "
                f"<{heading.name}> follows <h{before}>; skip no level"
            )
    return [f"{name}: {text}" for text in found]


def headings(page: BeautifulSoup) -> list:
    """The headings in the order of the text."""
    return page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])


def facts(page: BeautifulSoup) -> dict[str, str]:
    """What search engines and screen readers ask first."""
    description = page.find("meta", attrs={"name": "description"})
    return {
        "<html lang>": page.html.get("lang", ""),
        "<title>": page.title.get_text(strip=True) if page.title else "",
        "<meta name=description>": description.get("content", "")
        if description
        else "",
    }


def twins(site: Path, names: list[str]) -> list[str]:
    """Titles and descriptions that two pages share."""
    pages = defaultdict(list)
    for name in names:
        page = BeautifulSoup((site / name).read_text("utf-8"), "html.parser")
        for what, text in facts(page).items():
            if what != "<html lang>":
                pages[what, text].append(name)
    return [
        f"{', '.join(names)}: {what} is '{text}' on each; tell them apart"
        for (what, text), names in pages.items()
        if len(names) > 1
    ]
