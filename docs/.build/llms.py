"""The site for assistants, after https://llmstxt.org."""

import re
from collections.abc import Iterator

import yaml

import lessons


def llms(address: str, reference: dict[str, str]) -> str:
    """llms.txt: the lessons' Markdown copies, and the pages of the reference."""
    return "\n".join(lines(address, reference)) + "\n"


def lines(address: str, reference: dict[str, str]) -> Iterator[str]:
    """Its lines; links are absolute where there is an address."""
    yield from ("# Proven Python", "")
    yield from ("> Python lessons in which everything shown has just been run.", "")
    yield "Each lesson is here as Markdown, with its programs and what they printed."
    yield f"All of them in one file: [llms-full.txt]({address}llms-full.txt)."
    for part in lessons.curriculum():
        written = [lesson for lesson in part.lessons if lessons.is_written(lesson)]
        if written:
            yield from ("", f"## {part.title}", "")
        for lesson in written:
            yield entry(lesson, lessons.title_of(lesson), address)
    yield from ("", "## Optional", "")
    for page, title in reference.items():
        yield entry(page, title, address)


def entry(page: str, title: str, address: str) -> str:
    """A link to a page, to its Markdown where somebody wrote it."""
    if not lessons.is_written(page):
        return f"- [{title}]({address}{page}/)"
    about = description(page)
    return f"- [{title}]({address}{page}.md)" + (f": {about}" if about else "")


def description(page: str) -> str:
    """The description in a page's front matter."""
    text = (lessons.DOCS / f"{page}.md").read_text("utf-8")
    front = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    return (yaml.safe_load(front[1]) or {}).get("description", "") if front else ""
