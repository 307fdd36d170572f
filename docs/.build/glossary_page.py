"""The glossary as a page: each word, what it means, and which lessons use it."""

import re
from itertools import groupby

from glossary import Term, Words
from lessons import DOCS, title_of

INTRODUCTION = """\
The words that the lessons use, each in a sentence. In a lesson, the first
occurrence of a word is dotted and leads here. A lesson that explains the word
stands first.
"""
NOT_PROSE = re.compile(
    r"\A---\n.*?^---$|^```.*?^```$|^/// ex\w+ \|.*?^///$|^#+ .*?$"
    r"|`[^`\n]+`|\[[^\]]*\]\([^)]*\)",
    re.MULTILINE | re.DOTALL,
)
BOLD = re.compile(r"\*\*([^*]+)\*\*")


def glossary_page(terms: list[Term], pages: list[str]) -> str:
    """The page; ``pages`` are the lessons in their order."""
    used = lessons_by_term(terms, pages)
    by_letter = groupby(terms, lambda term: term.name[0].upper())
    letters = {letter: list(group) for letter, group in by_letter}
    lines = ["# Glossary", "", INTRODUCTION]
    lines += [" ".join(f"[{letter}](#{letter.lower()})" for letter in letters)]
    lines += ["{ .letters }", ""]
    for letter, group in letters.items():
        lines += [f"## {letter}", ""]
        for term in group:
            lines += [f"{term.name} {{ #{term.id} }}"]
            lines += [f":   {with_links(term, terms)}"]
            if links := [f"[{title_of(page)}]({page}.md)" for page in used[term]]:
                lines += [f":   <small>In {', '.join(links)}</small>"]
            lines += [""]
    return "\n".join(lines)


def lessons_by_term(terms: list[Term], pages: list[str]) -> dict[Term, list[str]]:
    """The lessons that use each word, those that introduce it in bold first."""
    introduced: dict[Term, list[str]] = {term: [] for term in terms}
    used: dict[Term, list[str]] = {term: [] for term in terms}
    for page in pages:
        text = NOT_PROSE.sub(" ", (DOCS / f"{page}.md").read_text("utf-8"))
        words = Words([term for term in terms if term.holds_on(page)])
        bold = {term for found in BOLD.finditer(text) if (term := words.of(found[1]))}
        plain = {term for _, term in words.find(BOLD.sub(" ", text))}
        for term in bold:
            introduced[term].append(page)
        for term in plain - bold:
            used[term].append(page)
    return {term: introduced[term] + used[term] for term in terms}


def with_links(term: Term, terms: list[Term]) -> str:
    """A definition whose words lead to their own definitions."""
    others = [other for other in terms if shares_a_part(term, other)]
    text, seen = term.definition, {term}
    for match, other in reversed(list(Words(others).find(text))):
        if other not in seen:
            seen.add(other)
            link = f"[{match[0]}](#{other.id})"
            text = text[: match.start()] + link + text[match.end() :]
    return text


def shares_a_part(one: Term, other: Term) -> bool:
    """Whether both words may stand on one page with these meanings."""
    if not one.parts or not other.parts:
        return not other.parts
    return any(other.holds_on(part) for part in one.parts)
