"""The glossary of a made-up site: which words are linked, and which are not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from gate.project import Project

GLOSSARY = """\
- term: till
  forms: [tills]
  definition: Where a customer pays.
- term: receipt
  definition: What a till prints.
- term: price list
  not: [old price list]
  definition: What things cost.
- term: VAT
  definition: A tax.
- term: drawer
  parts: [other]
  definition: Not on this page.
"""
PAGE = """\
# The till and its receipt

A vat, `till`, [a till](print.md) and an old price list come first.

- **Two till rolls** are no word, but these tills are, and the till is one more.
- The **receipt** is explained here; a drawer is not, and no receipt-book.

| till | receipt |
|---|---|
| VAT | the price list |

/// details | The price list
A price
list, the VAT.
///
"""


@pytest.fixture(scope="module")
def site(make_project: Callable[..., Project]) -> Path:
    """A built site with a glossary, and a lesson that uses its words."""
    project = make_project(["words"])
    curriculum = project.root / "docs" / ".build" / "curriculum.yaml"
    other = "- part: O\n  folder: other\n  about: O.\n  lessons:\n    other/one: One\n"
    curriculum.write_text(curriculum.read_text("utf-8") + other, "utf-8")
    project.write("docs/.build/glossary.yaml", GLOSSARY)
    project.write(
        "docs/till/words.md", PAGE.replace("the price\nlist |", "price list |")
    )
    end = project.build("--strict")
    assert end.returncode == 0, end.stdout
    return project.root / "site"


def soup(page: Path) -> Tag:
    """A page's article."""
    return BeautifulSoup(page.read_text("utf-8"), "html.parser").article


def test_first_occurrence_of_each_word(site: Path) -> None:
    """Plurals and bold words are linked; code, links, titles and senses are not."""
    links = soup(site / "till/words/index.html").select("a.term")
    found = {link.get_text(): (link["href"], link["title"]) for link in links}
    assert found == {
        "tills": ("../../glossary/#till", "Where a customer pays."),
        "receipt": ("../../glossary/#receipt", "What a till prints."),
        "VAT": ("../../glossary/#vat", "A tax."),
        "price list": ("../../glossary/#price-list", "What things cost."),
    }
    assert len(links) == len(found)
    assert next(a for a in links if a.get_text() == "receipt").parent.name == "strong"


def test_words_stay_out_of_other_pages_and_copies(site: Path) -> None:
    """Only lessons explain words; a Markdown copy stays as it was written."""
    pages = [page for page in site.rglob("*.html") if soup(page) is not None]
    linked = {page.parent.name for page in pages if soup(page).select("a.term")}
    assert linked == {"words"}
    assert "these tills are" in (site / "till/words.md").read_text("utf-8")


def test_glossary_leads_to_words_and_lessons(site: Path) -> None:
    """A definition links to other words; the lessons that use a word are named."""
    page = soup(site / "glossary/index.html")
    assert [term.get_text() for term in page.select("dt")] == [
        "drawer", "price list", "receipt", "till", "VAT",
    ]  # fmt: skip
    definition = page.select_one("dt#receipt + dd")
    assert definition.select_one("a")["href"] == "#till"
    assert definition.find_next_sibling("dd").a["href"] == "../till/words/"
    assert page.select_one("dt#drawer + dd + dd") is None


MISTAKES = {
    "twice": ("- term: Till\n  definition: Again.\n", 13, "'till' stands in line 1"),
    "no definition": ("- term: tray\n  definition:\n", 13, "has no definition"),
    "part": ("- term: a\n  parts: [x]\n  definition: B\n", 13, "the part 'x'"),
    "key": ("- term: a\n  form: [x]\n  definition: B\n", 13, "unknown key 'form'"),
    "list": ("- term: a\n  forms: x\n  definition: B\n", 13, "write: forms: […]"),
    "no word": ("- definition: B\n", 13, "an entry without a word"),
    "yaml": ("- term: a\n   x: [\n", 14, "mend the YAML"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_in_the_glossary(mistake: str, project: Project) -> None:
    """A mistake stops the build and names its line."""
    text, line, problem = MISTAKES[mistake]
    good = GLOSSARY.replace("  parts: [other]\n", "")
    project.write("docs/.build/glossary.yaml", f"{good}{text}")
    end = project.build()
    assert end.returncode == 1
    assert f"docs/.build/glossary.yaml:{line}: " in end.stdout
    assert problem in end.stdout
