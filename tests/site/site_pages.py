"""Reading the built pages as a reader's clipboard does."""

import re
from dataclasses import dataclass
from functools import cache
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
LESSONS = r"(concurrency|sql|sqlalchemy|testing)/.+/index\.html"


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


def made_alike(*more: str) -> set[str]:
    """Pages that one template makes, without the longest of each."""
    alike: set[str] = set()
    for template in (*TEMPLATES, *more):
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


@cache
def soup_of(page: str) -> BeautifulSoup:
    """A page of the site; not to be changed."""
    return BeautifulSoup((SITE / page).read_bytes(), "html.parser")


def shown() -> list[Shown]:
    """Every example of the site that has an output."""
    return [figure for page in pages() for figure in figures(page) if figure.output]


@cache
def figures(page: str) -> list[Shown]:
    """The figures of one page; an exercise's tests come with each of its runs."""
    if '<figure class="example"' not in (SITE / page).read_text("utf-8"):
        return []
    soup = soup_of(page)
    tests = {
        figure["data-example"]: files_of(figure)
        for figure in soup.select("figure.example")
        if "test_exercise.py" in files_of(figure)
    }
    found = []
    for figure in soup.select("figure.example"):
        files = files_of(figure)
        if figure.find_parent(class_="exercise") and "test_exercise.py" not in files:
            files = {"exercise.py": next(iter(files.values()))}
            files |= tests[figure["data-example"]]
        output = figure.select_one(".example__output code")
        link = figure.select_one("a[download]")
        found.append(
            Shown(
                page=page,
                id=figure["id"],
                example=figure["data-example"],
                files=files,
                output=output.get_text() if output else "",
                download=((SITE / page).parent / link["href"]).resolve(),
            )
        )
    return found


def blocks_of(page: str) -> list[str]:
    """The text of every block of code on a page."""
    return [block.get_text() for block in soup_of(page).select("pre")]


def files_of(figure: Tag) -> dict[str, str]:
    """The name and the text of each file that a figure shows."""
    names = [tag.get_text() for tag in figure.select(".example__file")]
    names = names or [figure.select_one(".example__name").get_text()]
    texts = [tag.get_text() for tag in figure.select(".example__code code")]
    return dict(zip(names, texts, strict=True))
