"""A Markdown copy of each page, with its code and outputs in place.

For assistants and for people who read without a browser.
"""

import re
from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path
from posixpath import dirname, normpath, relpath
from textwrap import dedent

from pymdownx.blocks import get_frontmatter

import sent
from hints import BadHints, read_hints
from lessons import DOCS, LANGUAGES, ROOT, SNIPPETS, curriculum, files_of, is_written
from page_source import EXAMPLE, expand
from question import BadQuestion, read_question

BOX = re.compile(r"^/// (?P<kind>details|note|tip|warning) \| (?P<title>.+)$")
END = re.compile(r"^///( html \| .*)?\s*$")  # of any block; and one that only styles
LINK = re.compile(r"\]\((?![a-z]+:|#)(?P<to>[^)#\s]+)(?P<anchor>#[^)\s]*)?\)")
# Recordings of each database: their kind, their language, what they are called.
OTHERS = (("out", "text", "Output"), ("sql", "sql", "SQL sent"))
STYLE = re.compile(r" ?\{ ?[.#:][^}]*\}")  # attributes, which only HTML has


def written_pages() -> list[Path]:
    """The pages somebody wrote, without generated ones."""
    return sorted(p for p in DOCS.rglob("*.md") if ".build" not in p.parts)


def copy_of(page: Path, place: str, address: str) -> str:
    """The page's Markdown with every block expanded, to be read in ``place``.

    Its links are relative to that folder; absolute where there is an address.
    """
    text = re.sub(r"\A---\n.*?\n---\n+", "", page.read_text("utf-8"), flags=re.S)
    folder = dirname(page.relative_to(DOCS).as_posix())

    text = sent.with_counts(text, page.relative_to(DOCS).with_suffix("").as_posix())

    def prose(row: str) -> str:
        return LINK.sub(
            lambda link: f"]({lead(link, folder, place, address)})", STYLE.sub("", row)
        )

    return "\n".join(expanded(text.splitlines(), prose)) + "\n"


def lead(link: re.Match[str], folder: str, place: str, address: str) -> str:
    """Where a link leads: to another copy, or to a page that has none."""
    to = normpath(f"{folder}/{link['to']}" if folder else link["to"])
    if to.endswith(".md") and not (DOCS / to).is_file():
        to = to.removesuffix("index.md").removesuffix(".md").rstrip("/") + "/"
    slash = "/" if to.endswith("/") else ""
    target = address + to if address else relpath(to, place or ".") + slash
    return target + (link["anchor"] or "")


def expanded(lines: list[str], prose: Callable[[str], str]) -> Iterator[str]:
    """Replace each block by what it shows; the rest goes through ``prose``."""
    rows = iter(lines)
    fenced_off = False
    for row in rows:
        fenced_off ^= row.lstrip().startswith("```")
        if fenced_off:
            yield from expand(row, ROOT)
        elif block := EXAMPLE.match(row):
            options = options_of(rows)
            if block["block"] == "question":
                yield from question(block["path"], options, prose)
            else:
                if block["block"] == "exercise":
                    yield from hints(block["path"], prose)
                yield from figure(block["path"])
        elif box := BOX.match(row):
            yield f"**{box['title']}**"
        elif not END.match(row) and not row.startswith("    type:"):
            yield prose(row)


def options_of(rows: Iterator[str]) -> dict:
    """Read on to the end of a block that has only options."""
    options = takewhile(lambda row: not END.match(row), rows)
    return get_frontmatter(dedent("\n".join(options))) or {}


def figure(path: str) -> Iterator[str]:
    """The files of an example or exercise, each with its recording."""
    for file in files_of(path):
        name = f"`{file.relative_to(SNIPPETS).as_posix()}`"
        yield from fenced(name, LANGUAGES[file.suffix], file)
        if file.with_suffix(".out").is_file():
            yield from fenced("Output:", "text", file.with_suffix(".out"))
        if file.with_suffix(".timeline").is_file():
            yield from fenced("Timeline:", "text", file.with_suffix(".timeline"))
    folder = SNIPPETS / f"{path}.out"
    if folder.is_file():
        yield from fenced("Output:", "text", folder)
    yield from of_databases(path)


def hints(path: str, prose: Callable[[str], str]) -> Iterator[str]:
    """The hints of an exercise, before its files."""
    try:
        found = read_hints(path)
    except BadHints:
        return  # the build has said it
    yield from ("Hints:", "")
    yield from (f"{number}. {prose(hint)}" for number, hint in enumerate(found, 1))
    yield ""


def question(path: str, options: dict, prose: Callable[[str], str]) -> Iterator[str]:
    """A question: the program, the choices, and at the end the answer."""
    try:
        asked = read_question(path, options)
    except (BadQuestion, FileNotFoundError):
        return  # the build has said it
    file = SNIPPETS / path
    yield from fenced(f"`{path}`", "python", file)
    yield from (f"**{prose(asked.ask)}**", "")
    yield from (f"- `{choice.text}`" for choice in asked.choices)
    yield from ("", "Answer:", "")
    for choice in asked.choices:
        verdict = "right" if choice.right else "wrong"
        yield f"- `{choice.text}` is {verdict}. {prose(choice.why)}"
    yield ""
    yield from fenced("Output:", "text", file.with_suffix(".out"))
    yield from of_databases(path)


def of_databases(path: str) -> Iterator[str]:
    """What is recorded of an example for each database; equal ones stand once."""
    for kind, language, title in OTHERS:
        for files in sent.alike(sent.recordings(path, kind)).values():
            where = ", ".join(map(sent.database, files))
            yield from fenced(f"{title} ({where}):", language, files[0])


def fenced(title: str, language: str, file: Path) -> Iterator[str]:
    """One file as a fence."""
    yield from (title, "", f"```{language}")
    yield file.read_text("utf-8").rstrip("\n")
    yield from ("```", "")


def write_copies(site: Path, address: str) -> None:
    """Write ``part/lesson.md`` beside each page, and all lessons as one file."""
    for page in written_pages():
        name = page.relative_to(DOCS).as_posix()
        target = site / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(copy_of(page, dirname(name), address), "utf-8")
    (site / "llms-full.txt").write_text("\n".join(all_lessons(address)), "utf-8")


def all_lessons(address: str) -> Iterator[str]:
    """The copies of all lessons in their order, each under its address."""
    for part in curriculum():
        for lesson in filter(is_written, part.lessons):
            yield f"<{address}{lesson}/>\n"
            yield copy_of(DOCS / f"{lesson}.md", "", address)
