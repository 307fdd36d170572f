"""Reading a page's Markdown: where its fences and example blocks stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OPENER = re.compile(
    r"^(?P<before>[\s>]*(?:[-*+]\s+|\d+[.)]\s+)*)(?P<ticks>`{3,}|~{3,})(?P<rest>.*)$"
)
FLAT = re.compile(r"^ {1,3}(?:[-*+]|\d+[.)]) ")
INCLUDE = re.compile(r"--8<--")
WHOLE = re.compile(r'^\s*--8<-- "(?P<path>snippets/[^":]+)"\s*$')
EXAMPLE = re.compile(
    r"^\s*/{3,}\s*(?P<block>example|exercise|question)\s*\|\s*(?P<path>\S+)"
)


@dataclass(frozen=True)
class Fence:
    """A fence as it stands in the source, seen by Markdown or not."""

    line: int
    end: int
    language: str
    options: str
    text: str


@dataclass
class Source:
    """What the gate needs to know of a page's Markdown."""

    lines: list[str]
    fences: list[Fence]
    examples: dict[str, int]
    loose_includes: list[int]
    flat_lists: list[int]

    def find(self, text: str, start: int = 1) -> int:
        """The line on which this text begins, as far as one can tell."""
        rows = (row.strip().lower() for row in text.splitlines())
        wanted = next((row for row in rows if row), "")
        for number, line in enumerate(self.lines, 1):
            if number >= start and wanted and wanted in line.lower():
                return number
        return start


def read_source(path: Path, root: Path) -> Source:
    """Scan a page; ``root`` is where its includes begin."""
    text = path.read_text("utf-8") if path.is_file() else ""
    lines = text.splitlines()
    fences = list(find_fences(lines, root))
    inside = {number for fence in fences for number in range(fence.line, fence.end)}
    examples = {
        match["path"]: number
        for number, line in enumerate(lines, 1)
        if number not in inside and (match := EXAMPLE.match(line))
    }
    loose = [
        number
        for number, line in enumerate(lines, 1)
        if INCLUDE.search(line) and not (number in inside and is_whole(line, root))
    ]
    flat = [
        number
        for number, line in enumerate(lines, 1)
        if number not in inside and FLAT.match(line)
    ]
    return Source(lines, fences, examples, loose, flat)


def find_fences(lines: list[str], root: Path) -> Iterator[Fence]:
    """Every line that opens a fence for a reader's eye, with what it holds."""
    rows = iter(enumerate(lines, 1))
    for number, line in rows:
        opener = OPENER.match(line)
        if not opener:
            continue
        body, end = [], number
        for end, row in rows:  # noqa: B007 (used after the loop)
            if row.strip().lstrip("> ") == opener["ticks"]:
                break
            body += expand(row, root)
        words = opener["rest"].strip(" {}").split(maxsplit=1)
        yield Fence(
            line=number,
            end=end,
            language=words[0].lstrip(".") if words else "",
            options=words[1] if len(words) > 1 else "",
            text="\n".join(body),
        )


def is_whole(row: str, root: Path) -> bool:
    """Whether the line includes the whole of a file that is there."""
    include = WHOLE.match(row)
    return include is not None and (root / include["path"]).is_file()


def expand(row: str, root: Path) -> list[str]:
    """A line of a fence, or the file it includes."""
    include = WHOLE.match(row)
    if include and (root / include["path"]).is_file():
        return (root / include["path"]).read_text("utf-8").splitlines()
    return [row]


def same_text(fence: Fence, rendered: str) -> bool:
    """Whether a rendered block is this fence's, indentation and quoting aside."""

    def bare(text: str) -> list[str]:
        return [row.strip().lstrip("> ") for row in text.strip().splitlines()]

    return bare(fence.text) == bare(rendered)
