"""The pages as a reader sees them: every block of code, includes expanded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pytest_examples import CodeExample, find_examples

from proving.examples import Example
from proving.layout import DOCS, ROOT, SNIPPETS, relative

INCLUDE = re.compile(r'^(?P<indent>\s*)--8<-- "(?P<path>[^"]+)"\s*$')
BLOCK = re.compile(
    r"^(?P<indent>\s*)/// (example|exercise|question) \| (?P<path>\S+)\s*$"
)
FENCE = re.compile(r"^(?P<indent> *)(?P<ticks>`{3,}) *(?P<language>[\w-]+)?.*$")


@dataclass(frozen=True)
class Block:
    """A fence of a page: its language and text, and the line it begins on."""

    page: Path
    line: int
    language: str
    text: str
    example: CodeExample | None = None

    @property
    def where(self) -> str:
        """``file:line`` of the fence."""
        return f"{relative(self.page)}:{self.line}"


def pages() -> list[Path]:
    """Every page somebody wrote."""
    return sorted(path for path in DOCS.rglob("*.md") if ".build" not in path.parts)


def expand(page: Path) -> tuple[str, list[int]]:
    """The page with includes and example blocks replaced by their files.

    The list gives, for each line of the text, the line of the page it stands for.
    """
    lines: list[str] = []
    origin: list[int] = []
    inside = False  # a fence, where an example block is only quoted
    for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
        inside ^= line.lstrip().startswith("```")
        new = list(replacement(line, quoted=inside))
        lines += new
        origin += [number] * len(new)
    return "\n".join(lines) + "\n", origin


def replacement(line: str, quoted: bool) -> Iterator[str]:
    """What a line of a page stands for."""
    if include := INCLUDE.match(line):
        path = ROOT / include["path"]
        if path.is_file():
            for row in path.read_text("utf-8").splitlines():
                yield f"{include['indent']}{row}".rstrip()
            return
    yield line
    if not quoted and (block := BLOCK.match(line)):
        for path in shown_by(block["path"]):
            yield f"{block['indent']}```python"
            for row in path.read_text("utf-8").splitlines():
                yield f"{block['indent']}{row}".rstrip()
            yield f"{block['indent']}```"


def shown_by(path: str) -> list[Path]:
    """The Python files an example block shows."""
    target = SNIPPETS / path
    if target.is_dir():
        return sorted(target.rglob("*.py"))
    return [target] if target.suffix == ".py" and target.is_file() else []


def python_blocks(folder: Path) -> Iterator[Block]:
    """Every Python block that pytest-examples finds in the expanded pages.

    ``folder`` is an empty folder for the expanded pages.
    """
    for page in pages():
        text, origin = expand(page)
        copy = folder / relative(page)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text, "utf-8")
        for found in find_examples(copy):
            if "python" in found.prefix_tags():
                line = origin[found.start_line - 1]
                yield Block(page, line, "python", found.source.strip("\n"), found)


def other_blocks() -> Iterator[Block]:
    """Every fence of another language, as it stands in the page."""
    for page in pages():
        text, origin = expand(page)
        lines = iter(enumerate(text.splitlines()))
        for index, line in lines:
            fence = FENCE.match(line)
            if not fence:
                continue
            body = []
            for _, row in lines:
                if row.strip() == fence["ticks"]:
                    break
                body.append(row.removeprefix(fence["indent"]))
            if fence["language"] != "python":
                language = fence["language"] or ""
                yield Block(page, origin[index], language, "\n".join(body))


def whole_files(known: list[Example]) -> dict[str, list[Example]]:
    """The text of every file of an example, and the examples that run it."""
    found: dict[str, list[Example]] = {}
    for example in known:
        for path in example.files.values():
            text = path.read_text("utf-8").strip("\n")
            found.setdefault(text, []).append(example)
    return found
