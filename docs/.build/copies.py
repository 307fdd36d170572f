"""A Markdown copy of each page, with its code and outputs in place.

For assistants and for people who read without a browser.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from lessons import DOCS, LANGUAGES, SNIPPETS, files_of
from page_source import EXAMPLE

BOX = re.compile(r"^/// (?P<kind>details|note|tip|warning) \| (?P<title>.+)$")
END = re.compile(r"^///\s*$")


def written_pages() -> list[Path]:
    """The pages somebody wrote, without generated ones."""
    return sorted(p for p in DOCS.rglob("*.md") if ".build" not in p.parts)


def copy_of(page: Path) -> str:
    """The page's Markdown with every block expanded."""
    text = re.sub(r"\A---\n.*?\n---\n+", "", page.read_text("utf-8"), flags=re.S)
    return "\n".join(expanded(text.splitlines())) + "\n"


def expanded(lines: list[str]) -> Iterator[str]:
    """Replace each block by what it shows."""
    rows = iter(lines)
    fenced_off = False
    for row in rows:
        fenced_off ^= row.lstrip().startswith("```")
        if fenced_off:
            yield row
        elif block := EXAMPLE.match(row):
            skip_options(rows)
            yield from figure(block["path"])
        elif box := BOX.match(row):
            yield f"**{box['title']}**"
        elif not END.match(row) and not row.startswith("    type:"):
            yield row


def skip_options(rows: Iterator[str]) -> None:
    """Read on to the end of a block that has only options."""
    for row in rows:
        if END.match(row):
            return


def figure(path: str) -> Iterator[str]:
    """The files of an example or exercise, each with its recording."""
    for file in files_of(path):
        name = f"`{file.relative_to(SNIPPETS).as_posix()}`"
        yield from fenced(name, LANGUAGES[file.suffix], file)
        if file.with_suffix(".out").is_file():
            yield from fenced("Output:", "text", file.with_suffix(".out"))
    folder = SNIPPETS / f"{path}.out"
    if folder.is_file():
        yield from fenced("Output:", "text", folder)


def fenced(title: str, language: str, file: Path) -> Iterator[str]:
    """One file as a fence."""
    yield from (title, "", f"```{language}")
    yield file.read_text("utf-8").rstrip("\n")
    yield from ("```", "")


def write_copies(site: Path) -> None:
    """Write ``part/lesson.md`` beside each page of the site."""
    for page in written_pages():
        target = site / page.relative_to(DOCS)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(copy_of(page), "utf-8")
