"""The glossary: its words, and where a page uses one for the first time.

``glossary.yaml`` has the words. While a page is made, the first occurrence of
each becomes a link to the glossary with the definition as its title.
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from lessons import ROOT, curriculum

FILE = "docs/.build/glossary.yaml"
KEYS = {"term", "definition", "forms", "parts", "not"}
# Elements in which nothing is linked, and classes of such elements.
LEFT_ALONE = {"a", "code", "figure", "h1", "h2", "h3", "h4", "pre", "summary", "th"}
LEFT_ALONE_CLASSES = {"admonition-title", "facts", "proven"}


class BadGlossary(Exception):
    """A word that cannot be used; the message says where, and what to do."""


@dataclass(frozen=True)
class Term:
    """A word of the glossary: how it is written, where it has this meaning."""

    name: str
    definition: str
    forms: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its anchor in the glossary: ``n-1-problem``."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")

    def holds_on(self, page: str) -> bool:
        """Whether the word has this meaning on a page (``concurrency/tasks``)."""
        return not self.parts or any(f"{page}/".startswith(f"{p}/") for p in self.parts)


def read_terms() -> list[Term]:
    """All words, alphabetical; raises :class:`BadGlossary` for a wrong one."""
    lessons = {lesson for part in curriculum() for lesson in part.lessons}
    parts = lessons | {lesson.partition("/")[0] for lesson in lessons}
    loader = yaml.SafeLoader((ROOT / FILE).read_text("utf-8"))
    try:
        entries = [
            (node.start_mark.line + 1, loader.construct_object(node, deep=True))
            for node in loader.get_single_node().value
        ]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1
        raise BadGlossary(f"{FILE}:{line}: {error.problem}; mend the YAML") from None
    taken: dict[str, int] = {}
    terms = []
    for line, entry in entries:
        if problem := wrong_with(entry, parts):
            raise BadGlossary(f"{FILE}:{line}: {problem}")
        term = Term(
            name=entry["term"],
            definition=" ".join(entry["definition"].split()),
            forms=(entry["term"], *entry.get("forms", ())),
            parts=tuple(entry.get("parts", ())),
            unlike=tuple(entry.get("not", ())),
        )
        for form in map(str.lower, term.forms):
            if form in taken:
                raise BadGlossary(
                    f"{FILE}:{line}: '{form}' stands in line {taken[form]} already; "
                    "delete one of the two"
                )
            taken[form] = line
        terms.append(term)
    return sorted(terms, key=lambda term: term.name.lower())


def wrong_with(entry: object, parts: set[str]) -> str:
    """What is wrong with one entry; empty when it is good."""
    if not isinstance(entry, dict) or not entry.get("term"):
        return "an entry without a word; write: - term: …"
    name = entry["term"]
    if unknown := sorted(entry.keys() - KEYS):
        return (
            f"'{name}' has the unknown key '{unknown[0]}'; the keys are "
            + ", ".join(sorted(KEYS))
        )
    if not str(entry.get("definition") or "").strip():
        return f"'{name}' has no definition; write one, or delete the word"
    for key in KEYS & entry.keys() - {"term", "definition"}:
        if not isinstance(entry[key], list):
            return f"the {key} of '{name}' are no list; write: {key}: […]"
    for part in entry.get("parts", ()):
        if part not in parts:
            return (
                f"'{name}' names the part '{part}', which the curriculum does not "
                "have; give a folder or a lesson of it"
            )
    return ""


class Words:
    """Finds the words of a glossary in plain text."""

    def __init__(self, terms: list[Term]) -> None:
        self.terms = {form.lower(): term for term in terms for form in term.forms}
        ways = {way for term in terms for way in (*term.forms, *term.unlike)}
        options = map(pattern, sorted(ways, key=lambda way: (-len(way), way)))
        self.pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(options)})(?![\w-])")

    def find(self, text: str) -> Iterator[tuple[re.Match[str], Term]]:
        """Each place where a word stands; the longest word counts."""
        for match in self.pattern.finditer(text):
            if term := self.of(match[0]):
                yield match, term

    def of(self, text: str) -> Term | None:
        """The word that a text is as a whole."""
        return self.terms.get(" ".join(text.lower().split()))


def pattern(way: str) -> str:
    """A word as an expression; with capitals only where it is all capitals."""
    words = r"\s+".join(map(re.escape, way.split()))
    return words if sum(map(str.isupper, way)) > 1 else f"(?i:{words})"


class WordLinks(Treeprocessor):
    """Links the first occurrence of each word of a page."""

    def __init__(self, md: Markdown, state: dict) -> None:
        super().__init__(md)
        self.state = state

    def run(self, root: etree.Element) -> None:
        """Walk through the page, once."""
        if self.state["terms"]:
            self.words = Words(self.state["terms"])
            self.seen: set[Term] = set()
            self.visit(root)

    def visit(self, element: etree.Element) -> None:
        """Link words in an element and in what it holds, in reading order."""
        classes = set(element.get("class", "").split())
        if element.tag in LEFT_ALONE or classes & LEFT_ALONE_CLASSES:
            return
        if element.tag == "strong" and not self.words.of(element.text or ""):
            return  # the name of a lesson, say
        element.text, children = self.linked(element.text)
        for child in element:
            self.visit(child)
            child.tail, links = self.linked(child.tail)
            children += [child, *links]
        element[:] = children

    def linked(self, text: str | None) -> tuple[str | None, list[etree.Element]]:
        """The text before the first link, and the links with the text after each."""
        before, links, end = text, [], 0
        if isinstance(text, AtomicString):
            return text, links
        for match, term in self.words.find(text or ""):
            if term in self.seen:
                continue
            self.seen.add(term)
            if links:
                links[-1].tail = text[end : match.start()]
            else:
                before = text[: match.start()]
            link = {
                "class": "term",
                "href": f"{self.state['glossary']}#{term.id}",
                "title": term.definition,
            }
            links.append(etree.Element("a", link))
            links[-1].text, end = match[0], match.end()
        if links:
            links[-1].tail = text[end:]
        return before, links


class GlossaryExtension(Extension):
    """The links, for one page after another.

    ``state`` is shared with the build: ``terms`` that hold on the page, and
    ``glossary``, the way from the page's source to the glossary's.
    """

    def __init__(self, state: dict) -> None:
        super().__init__()
        self.state = state

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register after inline parsing, before links are resolved."""
        md.treeprocessors.register(WordLinks(md, self.state), "glossary", 5)
