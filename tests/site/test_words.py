"""Words lead to the glossary, and names of libraries to examples that use them."""

from functools import cache
from posixpath import dirname, normpath

import pytest
from bs4 import Tag
from site_pages import SITE, figures, pages, soup_of

ENTRIES = sorted(
    path.relative_to(SITE).as_posix() for path in SITE.glob("api/*/index.html")
)
WANTED = ["Cursor.execute", "mark.parametrize", "__init__", "selectinload", "TaskGroup"]


def target(link: Tag, page: str) -> tuple[str, str]:
    """The page and the id that a link leads to."""
    path, _, anchor = link["href"].partition("#")
    return normpath(f"{dirname(page)}/{path}/index.html"), anchor


@cache
def code_at(page: str, anchor: str) -> str:
    """The code of the example that an anchor stands for."""
    shown = figures(page)
    example = next(figure.example for figure in shown if figure.id == anchor)
    same = [figure for figure in shown if figure.example == example]
    return "\n".join(text for figure in same for text in figure.files.values())


LINKED = [
    page for page in pages() if '<a class="term"' in (SITE / page).read_text("utf-8")
]


@pytest.mark.parametrize("page", LINKED)
def test_words_lead_to_their_definitions(page: str) -> None:
    """Each linked word has an entry in the glossary, and its definition as title."""
    for link in soup_of(page).select("a.term"):
        glossary, anchor = target(link, page)
        assert glossary == "glossary/index.html"
        entry = soup_of(glossary).find("dt", id=anchor)
        assert entry.find_next_sibling("dd").get_text() == link["title"]


def test_lessons_have_words() -> None:
    """The lessons link words; other pages do not."""
    assert "concurrency/tasks/index.html" in LINKED
    others = {"glossary/index.html", "index.html", "examples/index.html"}
    assert not others & set(LINKED)


@pytest.mark.parametrize("page", ENTRIES)
def test_names_lead_to_examples_that_use_them(page: str) -> None:
    """Each example of an entry has the entry's name in its code."""
    entries = soup_of(page).select("dt")
    assert entries
    for entry in entries:
        links = entry.find_next_sibling("dd").select("a[href*='#']")
        assert links, entry
        for link in links:
            name = entry.get_text().rpartition(".")[2]
            assert name in code_at(*target(link, page)), (entry, link)


@pytest.mark.parametrize("name", WANTED)
def test_overview_has_the_name(name: str) -> None:
    """What readers look for stands in the overview and leads to its entry."""
    overview = "api/index.html"
    links = [a for a in soup_of(overview).select(".names a") if a.get_text() == name]
    assert links
    for link in links:
        page, anchor = target(link, overview)
        assert soup_of(page).find("dt", id=anchor).get_text() == name


def test_overview_is_light() -> None:
    """The overview of all names stays a page that a phone can show at once."""
    assert len(soup_of("api/index.html").find_all()) < 3000


def test_tags_lead_to_their_lessons() -> None:
    """Each tag of a lesson leads to a heading, under which the lesson stands."""
    for page in pages():
        for link in soup_of(page).select("nav.md-tags a"):
            listing, anchor = target(link, page)
            lessons = (
                soup_of(listing).find(id=anchor).find_next_sibling("ul").select("a")
            )
            assert page in {target(a, listing)[0] for a in lessons}
