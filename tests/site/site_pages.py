"""Reading the built pages as a reader's clipboard does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from proving.layout import BUILD

SITE = BUILD / "site"
# Records of the runs, names of libraries, the overviews of the parts.
TEMPLATES = (
    r"proven/.+/index\.html",
    r"api/.+/index\.html",
    r"(concurrency|sql|sqlalchemy|testing)/index\.html",
)


@dataclass(frozen=True)
class Shown:
    """A figure of a page: its files, as shown, and the output below them."""

    page: str
    id: str
    example: str
    files: dict[str, str]
    output: str
    download: Path

    @property
    def command(self) -> str:
        """The command in the output's first line."""
        return self.output.splitlines()[0].removeprefix("$ ")


def pages() -> list[str]:
    """The site's pages, as paths below its root."""
    return sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))


def made_alike() -> set[str]:
    """Pages that one template makes, without the longest of each."""
    alike: set[str] = set()
    for template in TEMPLATES:
        found = [name for name in pages() if re.fullmatch(template, name)]
        alike |= set(sorted(found, key=lambda name: (SITE / name).stat().st_size)[:-1])
    return alike


def lessons() -> list[str]:
    """The pages with the examples of one subject: two folders deep."""
    return [
        name
        for name in pages()
        if name.count("/") == 2 and "figure class=" in (SITE / name).read_text("utf-8")
    ]


def public_address() -> str:
    """Where the site will be published; empty when it was built without that."""
    home = BeautifulSoup((SITE / "index.html").read_bytes(), "html.parser")
    link = home.select_one("link[rel=canonical]")
    return link["href"] if link else ""


def shown() -> list[Shown]:
    """Every example of the site that has an output."""
    return [figure for page in pages() for figure in figures(page) if figure.output]


def figures(page: str) -> Iterator[Shown]:
    """The figures of one page; an exercise's tests come with each of its runs."""
    path = SITE / page
    soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    tests = {
        figure["data-example"]: files_of(figure)
        for figure in soup.select("figure.example")
        if "test_exercise.py" in files_of(figure)
    }
    for figure in soup.select("figure.example"):
        files = files_of(figure)
        if figure.find_parent(class_="exercise") and "test_exercise.py" not in files:
            files = {"exercise.py": next(iter(files.values()))}
            files |= tests[figure["data-example"]]
        output = figure.select_one(".example__output code")
        link = figure.select_one("a[download]")
        yield Shown(
            page=page,
            id=figure["id"],
            example=figure["data-example"],
            files=files,
            output=output.get_text() if output else "",
            download=(path.parent / link["href"]).resolve(),
        )


def blocks_of(page: str) -> list[str]:
    """The text of every block of code on a page."""
    soup = BeautifulSoup((SITE / page).read_text("utf-8"), "html.parser")
    return [block.get_text() for block in soup.select("pre")]


def files_of(figure: Tag) -> dict[str, str]:
    """The name and the text of each file that a figure shows."""
    names = [tag.get_text() for tag in figure.select(".example__file")]
    names = names or [figure.select_one(".example__name").get_text()]
    texts = [tag.get_text() for tag in figure.select(".example__code code")]
    return dict(zip(names, texts, strict=True))
