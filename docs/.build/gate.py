"""The gate: nothing is published as code that has no proof.

A plain function over a folder of finished HTML, so it does not matter how a
block came to its page, nor which engine made the page. The build calls it;
``python docs/.build/gate.py SITE`` runs it on any folder.
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import in_page
from html_blocks import Element
from in_page import InPage, command_of
from links import dead_ends
from page_source import same_text
from proofs import DEMAND_ALL, NoProofs, Proofs, read
from rendered import Finding, Rendered, render
from timeline import as_html

LANGUAGES = {
    "python": "runs",
    "console": "is a recording",
    "timeline": "is a recording, with the picture drawn from it",
    "markdown": "stands word for word in a lesson",
    "sql": "was sent to a database",
    "toml": "is parsed, and its keys are known",
}
SUFFIXES = {
    ".py": "python",
    ".toml": "toml",
    ".out": "console",
    ".sql": "sql",
    ".timeline": "timeline",
}
NOT_SHOWN = ("__init__.py", "examples.toml", "ruff.toml")
NO_PROOF = {
    "python": (
        "this python block was never run; pytest-examples sees plain ```python "
        "fences only. Mend the fence, or make it a snippet, then run: nox -s site"
    ),
    "console": "this output is no recording; run: nox -s record",
    "sql": "no run has sent this; make it a snippet, or run: nox -s record",
}
MISUNDERSTOOD = {
    r"/{3,} *\w+[^\n]*|`{3}[^\n]*|~{3}[^\n]*|--8<--[^\n]*": (
        "Markdown did not understand this block; look at the blank lines and the "
        "indentation around it, and at the block's name"
    ),
    r"\n *([-*+]|\d+[.)]) +\S[^\n]*": (
        "this list is glued to the text above it; put a blank line between them"
    ),
    r"\[[^\]\n]+\]\[[^\]\n]*\]": "this link's reference is defined nowhere; mend it",
}


def check_site(site: Path, root: Path, base: str = "/") -> list[Finding]:
    """Every finding in a folder of HTML; empty when it may be published.

    ``root`` has ``docs``, ``snippets`` and ``build/proofs``; ``base`` is the
    path under which the site will be served.
    """
    pages = [render(path, site, root) for path in sorted(site.rglob("*.html"))]
    findings = list(dead_ends(pages, site, base))
    for page in pages:
        findings += check_page_without_proofs(page)
    try:
        proofs = read(root)
    except NoProofs as error:
        file, line, text = str(error).split(":", 2)
        return sorted({Finding(file, int(line), text.strip()), *findings})
    tried, not_tried = tried_in_page(root)
    findings += not_tried
    for page in pages:
        findings += check_offers(page, tried)
        findings += check_blocks(page, proofs)
        findings += check_timelines(page, proofs)
        findings += check_answers(page)
    findings += orphans(pages, proofs)
    return sorted(set(findings))


def check_blocks(page: Rendered, proofs: Proofs) -> Iterator[Finding]:
    """Every block needs a proof, and a place in the source it came from."""
    written = page.file.startswith("docs/")
    fences = list(page.source.fences) if written else []
    for block in page.page.blocks:
        line = page.source.examples.get(block.figure, 0)
        fence = next((f for f in fences if same_text(f, block.text)), None)
        if fence and not block.figure:
            line = fence.line
            fences.remove(fence)
        elif not block.figure and written:
            yield page.finding(
                "code that comes from no fence and no example block; raw HTML and "
                "indented code cannot be proven: make it a snippet",
                block.text,
            )
        line = line or page.source.find(block.text)
        if fence and fence.language not in LANGUAGES:
            block.language = fence.language  # the highlighter calls it "text"
        yield from unproven(page, block, line, proofs)
    for fence in fences:
        yield Finding(
            page.file,
            fence.line,
            "Markdown does not render this fence as the code it looks like; put "
            "it on lines of its own, closed, indented like the text around it",
        )


def unproven(
    page: Rendered, block: Element, line: int, proofs: Proofs
) -> Iterator[Finding]:
    """What is wrong with one block."""
    if block.language not in LANGUAGES:
        yield Finding(
            page.file,
            line,
            f"unknown fence '{block.language or 'without a language'}'; "
            f"the fences are {', '.join(LANGUAGES)}",
        )
    elif not proofs.of(block.language, block.text):
        place = f"{block.figure}: " if block.figure else ""
        text = NO_PROOF.get(block.language, f"this {block.language} has no proof")
        if block.figure:
            text = "what is shown is not what was run; run: nox -s site"
        yield Finding(page.file, line, place + text)
    elif proofs.demands_all and (why := proofs.not_run(block.language, block.text)):
        yield Finding(
            page.file, line, f"not run: {why}; publishing demands every example"
        )
    elif proofs.demands_all:
        for name, how in proofs.missing(block.language, block.text).items():
            yield Finding(
                page.file,
                line,
                f"not run on {name}: {how}; publishing demands every database",
            )


def check_timelines(page: Rendered, proofs: Proofs) -> Iterator[Finding]:
    """Every picture is the one that its proven recording gives."""
    html = page.html.read_text("utf-8")
    for block in page.page.blocks:
        if block.language == "timeline" and proofs.of("timeline", block.text):
            html = html.replace(as_html(block.text), "", 1)
    if 'class="timeline' in html:
        yield page.finding(
            "a timeline that is not drawn from a proven recording; show it with "
            "an example block (show: timeline), then run: nox -s site",
            "show: timeline",
        )


def check_answers(page: Rendered) -> Iterator[Finding]:
    """What a question calls right stands in its program or its recording."""
    for code in page.page.inline:
        if "question__right" not in code.attributes.get("class", "").split():
            continue
        blocks = [b.text for b in page.page.blocks if b.figure == code.figure]
        if code.text not in {row.strip() for b in blocks for row in b.splitlines()}:
            yield Finding(
                page.file,
                page.source.examples.get(code.figure, 1),
                f"{code.figure}: the answer '{code.text}' is no line of what was run; "
                "ask with a question block, then run: nox -s site",
            )


def check_offers(page: Rendered, tried: InPage | None) -> Iterator[Finding]:
    """What a page offers to run was tried there, with this very command."""
    for offer in page.page.offers:
        example = offer.attributes.get("data-example", "")
        command = offer.attributes.get("data-run")
        attempt = example if command else f"{example}/solution.py"
        runs = tried is not None and tried.runs(attempt)
        if not runs or command not in (None, command_of(attempt)):
            yield Finding(
                page.file,
                page.source.examples.get(example, 1),
                f"{example or offer.tag}: the page offers to run it, and nobody has "
                "tried that; show it with an example block, then run: nox -s site",
            )


def tried_in_page(root: Path) -> tuple[InPage | None, list[Finding]]:
    """What runs in the page; a finding where nothing may be left out."""
    try:
        return in_page.read(root), []
    except in_page.NotTried as error:
        if not os.environ.get(DEMAND_ALL):
            return None, []
        return None, [Finding(in_page.NAME, 1, str(error))]


def check_page_without_proofs(page: Rendered) -> Iterator[Finding]:
    """What can be said of a page by itself."""
    yield from hidden_code(page)
    yield from leftovers(page)
    for picture in page.page.pictures:
        alternative = picture.attributes.get("alt") or picture.attributes.get(
            "aria-label"
        )
        if not alternative and picture.attributes.get("aria-hidden") != "true":
            source = picture.attributes.get("src", picture.tag)
            yield page.finding(
                f"the picture {source} has no alternative text; say what it shows",
                Path(source).name,
            )
    for id, times in Counter(page.page.ids).items():
        if times > 1 and not id.startswith("__"):
            yield page.finding(
                f"two elements have the id '{id}'; links cannot tell them apart: "
                "rename a heading or an example",
                id,
            )


def hidden_code(page: Rendered) -> Iterator[Finding]:
    """Code that is shown by other means than a block."""
    for element in page.page.inline:
        if element.breaks:
            yield page.finding(
                "several lines of code outside a block, which nobody has run; "
                "make it a snippet",
                element.text,
            )
    for element in page.page.unprovable:
        yield page.finding(
            f"<{element.tag}> shows text that nobody can prove; make it a snippet",
            f"<{element.tag}",
        )
    for element in page.page.styled:
        yield page.finding(
            f"<{element.tag} style=…> makes text look like code; make it a snippet",
            element.attributes["style"],
        )


def leftovers(page: Rendered) -> Iterator[Finding]:
    """Markdown that was meant as code and was not understood."""
    written = page.file.startswith("docs/")
    for number in page.source.flat_lists if written else []:
        yield Finding(
            page.file,
            number,
            "Markdown flattens this list; indent a nested list by four spaces",
        )
    for number in page.source.loose_includes if written else []:
        yield Finding(
            page.file,
            number,
            "an include stands alone on its line in a fence and names a whole "
            'file that is there: --8<-- "snippets/part/lesson/file.py"',
        )
    for fence in page.source.fences:
        if "hl_lines" in fence.options:
            yield Finding(
                page.file,
                fence.line,
                "line numbers drift; give the text in an example block: "
                "highlight: asyncio.gather",
            )
    for text in page.page.prose:
        for mark, problem in MISUNDERSTOOD.items():
            if found := re.search(mark, text):
                yield page.finding(problem, found[0].strip().splitlines()[0])
    for element in page.page.unknown:
        yield page.finding(
            f"<{element.tag}> is no HTML and was swallowed; put it in back-ticks",
            f"<{element.tag}",
        )


def orphans(pages: list[Rendered], proofs: Proofs) -> Iterator[Finding]:
    """Snippets and recordings that no page shows, or that no run has proven."""
    shown = {
        (block.language, block.text.strip("\n"))
        for page in pages
        for block in page.page.blocks
    }
    known = {row["file"] for row in proofs.current["proofs"]}
    for path in sorted((proofs.root / "snippets").rglob("*")):
        language = SUFFIXES.get(path.suffix)
        if language is None or path.name in NOT_SHOWN:
            continue
        file = path.relative_to(proofs.root).as_posix()
        text = path.read_text("utf-8")
        if file not in known:
            yield Finding(file, 1, "no run has proven this file; run: nox -s site")
        elif not proofs.of(language, text):
            yield Finding(file, 1, "changed since it was run; run: nox -s site")
        elif (language, text.strip("\n")) not in shown:
            yield Finding(
                file, 1, "no page shows this; put it into a lesson, or delete it"
            )


def main(arguments: list[str]) -> int:
    """Check a folder of HTML from the command line."""
    root = Path(__file__).resolve().parents[2]
    findings = check_site(Path(arguments[0]), root)
    for finding in findings:
        print(finding)
    print(f"{len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
