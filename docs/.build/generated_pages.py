"""The pages nobody writes: run by mkdocs-gen-files during every build.

Index of examples, downloads, how everything was proven, part pages, the
reader's progress, what changed, the site in other forms, navigation.
"""

import io
import json
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import mkdocs_gen_files

sys.path.insert(0, str(Path(__file__).parent))

import api_pages
import changes
import in_page
import lessons
import proofs
import records
from changes_page import changes_page
from example import download_of
from glossary import read_terms
from glossary_page import glossary_page
from lessons import DOCS, LANGUAGES, NAMES, ROOT, SNIPPETS, anchor
from llms import llms
from progress_page import progress_page
from take_along import take_along
from where_page import where_page

FIXED = {
    "worlds": "The shop and the price desk",
    "examples": "All examples",
    "api": "API names",
    "glossary": "Glossary",
    "tags": "Lessons by tag",
    "progress": "Your progress",
    "proven": "How it was proven",
    "where": "Where the examples run",
    "changes": "What changed",
    "take-along": "Take it along",
    "contributing": "Contributing",
}
GENERATED = {
    "examples": "Every program on this site, by lesson and by what it uses.",
    "proven": "What was run, by which command, and on which versions.",
    "where": "Which examples run in the page, and what the others need.",
    "api": "The names of libraries that the examples use.",
    "glossary": "The terms of the lessons, and where each is introduced.",
    "tags": "The lessons by what they are about.",
    "progress": "What you have answered and passed, kept in your browser alone.",
    "changes": "The newest changes of the lessons and their examples, by day.",
    "take-along": "The lessons as an offline copy, as Markdown, and as one file.",
}
TAGS = """\
# Lessons by tag

<!-- material/tags -->
"""
STANDARD = ("asyncio", "threading", "sqlite3", "contextlib")


def main() -> None:
    """Write every generated page."""
    try:
        known = proofs.read(ROOT)
    except proofs.NoProofs:
        known = None
    shown = examples_by_page()
    write_page("examples", example_index(shown))
    write_page("proven", proven_page(shown, known))
    asked = without_questions(shown)
    write_page("where", where_page(asked, tried_in_page(), title, link))
    if known:
        write_records(shown, known)
    api = api_pages.api_pages(asked, title, link)
    for name, text in api.items():
        about = f"{title_in(text)}. Each name that an example uses, with the examples."
        write(name, described(about, text))
    write_page("glossary", glossary_page(read_terms(), written()))
    write_page("tags", TAGS)
    write_page("progress", progress_page())
    for part in lessons.curriculum():
        if any(lessons.is_written(lesson) for lesson in part.lessons):
            write(f"{part.folder}/index.md", described(part.about, part_page(part)))
    write_other_forms()
    recorded = {records.record_of(page): title(page) for page in shown if known}
    write("SUMMARY.md", navigation(api, recorded))
    for path in {path for paths in shown.values() for path in paths}:
        write_downloads(path)


def tried_in_page() -> in_page.InPage | None:
    """What was tried in the page's Python, if anything was."""
    try:
        return in_page.read()
    except in_page.NotTried:
        return None


def write(name: str, text: str) -> None:
    """A generated text file of the site's sources."""
    with mkdocs_gen_files.open(name, "w", encoding="utf-8") as file:
        file.write(text)


def write_page(name: str, text: str) -> None:
    """A generated page of the reference, with its description."""
    write(f"{name}.md", described(GENERATED[name], text))


def title_in(text: str) -> str:
    """The heading that a page's Markdown begins with."""
    return text[2 : text.index("\n")]


def described(description: str, text: str, title: str = "") -> str:
    """A page's Markdown under the front matter that describes it.

    ``title`` is for pages that the navigation calls by a shorter name.
    """
    front = {"description": description} | ({"title": title} if title else {})
    lines = [f"{name}: {json.dumps(value)}" for name, value in front.items()]
    return "\n".join(["---", *lines, "---", "", text])


def write_other_forms() -> None:
    """What changed, as a page and as a feed; the site for assistants and robots."""
    config = mkdocs_gen_files.config
    address = config.site_url or ""
    source = config.extra["source_address"].rstrip("/")
    try:
        history, why_none = changes.read(ROOT), ""
    except changes.NoHistory as error:
        history, why_none = [], str(error)
    write_page("changes", changes_page(history, why_none, address, source))
    if history and address:
        write("changes.xml", changes.feed(history, config.site_name, address))
    feed, archive = config.extra["feed"], config.extra["archive"]
    write_page("take-along", take_along(archive, feed))
    reference = {page: name for page, name in FIXED.items() if is_page(page)}
    write("llms.txt", llms(address, reference))
    sitemap = [f"Sitemap: {address}sitemap.xml"] if address else []
    write("robots.txt", "\n".join(["User-agent: *", "Allow: /", *sitemap, ""]))
    write("LICENSE.txt", (ROOT / "LICENSE").read_text("utf-8"))


def is_page(page: str) -> bool:
    """Whether a page of the reference is there, written or generated."""
    return page in GENERATED or (DOCS / f"{page}.md").is_file()


def examples_by_page() -> dict[str, list[str]]:
    """The example blocks of each page that has some, in the site's order."""
    pages = [lesson for part in lessons.curriculum() for lesson in part.lessons]
    found = {
        page: lessons.examples_on(page)
        for page in ["index", "worlds", *pages, "contributing"]
        if (DOCS / f"{page}.md").is_file()
    }
    return {page: paths for page, paths in found.items() if paths}


def without_questions(shown: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same without the programs of questions, which are no models."""
    return {
        page: [path for path in paths if not lessons.is_question(path)]
        for page, paths in shown.items()
    }


def written() -> list[str]:
    """The lessons that have a page, in their order."""
    return [
        lesson
        for part in lessons.curriculum()
        for lesson in part.lessons
        if lessons.is_written(lesson)
    ]


def title(page: str) -> str:
    """A page's title as links give it."""
    if page == "index":
        return "Home"
    return FIXED.get(page) or lessons.title_of(page)


def link(path: str, page: str) -> str:
    """A link to an example on its page."""
    if path.endswith("/exercise"):
        return f"[exercise]({page}.md#exercise-starter)"
    return f"[`{Path(path).name}`]({page}.md#{anchor(path)})"


def example_index(shown: dict[str, list[str]]) -> str:
    """All examples: by page, and by what they use."""
    lines = ["# All examples", ""]
    lines += ["Every program on this site, and where it is explained.", ""]
    lines += ["## By lesson", ""]
    uses: dict[str, list[str]] = defaultdict(list)
    for page, paths in shown.items():
        lines += [f"### [{title(page)}]({page}.md)", "", "/// html | div.columns", ""]
        for path in paths:
            files = lessons.files_of(path)
            names = {name for file in files for name in lessons.imports(file)}
            note = f" ({note})" if (note := lessons.newest_only(files[0])) else ""
            lines.append(f"- {link(path, page)}{note}")
            for name in names & {*lessons.DISTRIBUTIONS, *STANDARD}:
                uses[name].append(link(path, page))
        lines += ["", "///", ""]
    lines += ["## By what they use", ""]
    for name in sorted(uses, key=str.lower):
        lines += [f"### {NAMES.get(name, name)}", "", " · ".join(uses[name]), ""]
    return "\n".join(lines)


def proven_page(shown: dict[str, list[str]], known: proofs.Proofs | None) -> str:
    """What was run, by which command, on which versions; and what was not."""
    lines = ["# How it was proven", "", *how(known)]
    if known is None:
        return "\n".join(lines)
    lines += ["## The records", "", "| Page | Examples | Not run |", "|---|---|---|"]
    for page, paths in shown.items():
        record = records.record_of(page)
        left_out = ", ".join(not_run(paths, known)) or "none"
        lines.append(f"| [{title(page)}]({record}.md) | {len(paths)} | {left_out} |")
    lines += ["", *short_blocks(known)]
    return "\n".join(lines)


def not_run(paths: list[str], known: proofs.Proofs) -> Iterator[str]:
    """The examples that no interpreter has run, or not on all databases."""
    for path in paths:
        for file in records.files_run(path):
            text, language = file.read_text("utf-8"), LANGUAGES[file.suffix]
            if known.not_run(language, text) or known.missing(language, text):
                yield f"`{records.name_of(file)}`"


def write_records(shown: dict[str, list[str]], known: proofs.Proofs) -> None:
    """The record of every page's examples."""
    for page, paths in shown.items():
        about = f"The runs behind every example of {title(page)}."
        text = records.record_page(page, title(page), paths, known)
        name = f"Record of the run: {title(page)}"
        write(f"{records.record_of(page)}.md", described(about, text, name))


def short_blocks(known: proofs.Proofs) -> list[str]:
    """The blocks that stand in the pages themselves."""
    lines = ["## Short blocks in the pages", "", "| Page and line | Language | How |"]
    lines += ["|---|---|---|"]
    for row in known.current["proofs"]:
        if row["file"].startswith("docs/"):
            place = row["file"].removeprefix("docs/")
            lines.append(f"| `{place}` | {row['language']} | {row['check']} |")
    return [*lines, ""]


def how(known: proofs.Proofs | None) -> list[str]:
    """The head of the page: the rules, the versions."""
    lines = [
        "Every program on this site was run in a process of its own, in an empty",
        "folder, with warnings as errors and no way to another host. What it printed",
        "was compared with the recording that the page shows. A block without a proof",
        "stops the build, so what you read here is what was run.",
        "",
    ]
    if known is None:
        return [*lines, "No proofs are here yet.", ""]
    lines += records.runs_of(known)
    packages = known.current["packages"]
    used = ["aiohttp", "psycopg", "pymysql", "pytest", "pytest-examples", "sqlalchemy"]
    versions = [f"{NAMES.get(n, n)} {packages[n]}" for n in used if n in packages]
    lines += ["", f"Libraries: {', '.join(versions)}.", "", *what_varies(known)]
    return lines


def what_varies(known: proofs.Proofs) -> list[str]:
    """The normalisers: what is replaced before outputs are compared."""
    lines = ["Some things differ between two honest runs. Before an output is"]
    lines += ["recorded or compared, these are replaced:", ""]
    rules = known.current["normalisers"]
    return [*lines, *(f"- {rule['name']}: {rule['why']}" for rule in rules), ""]


def part_page(part: lessons.Part) -> str:
    """A part's lessons in their order; those without a page are named only."""
    lines = [f"# {part.title}", "", part.about, ""]
    for lesson in part.lessons:
        text = lessons.link_to(lesson, f"{part.folder}/index")
        lines.append(
            f"1. {text}" + ("" if lessons.is_written(lesson) else " (to come)")
        )
    return "\n".join(lines) + "\n"


def navigation(api: dict[str, str], recorded: dict[str, str]) -> str:
    """The navigation: home, the parts with lessons, the fixed pages.

    ``api`` and ``recorded`` are the pages below two of these, by file or name.
    """
    nav = mkdocs_gen_files.Nav()
    nav[("Home",)] = "index.md"
    for part in lessons.curriculum():
        written = [lesson for lesson in part.lessons if lessons.is_written(lesson)]
        if written:
            nav[(part.title,)] = f"{part.folder}/index.md"
        for lesson in written:
            nav[(part.title, lessons.title_of(lesson))] = f"{lesson}.md"
    for page, name in FIXED.items():
        if is_page(page):
            nav[("Reference", name)] = f"{page}.md"
        for file, text in api.items() if page == "api" else ():
            if file != "api.md":
                nav[("Reference", title_in(text))] = file
        for record, about in recorded.items() if page == "proven" else ():
            nav[("Reference", "Records of the runs", about)] = f"{record}.md"
    return "".join(nav.build_literate_nav())


def write_downloads(path: str) -> None:
    """An example's download: one file that `uv run` starts, or an archive."""
    source, files = SNIPPETS / path, lessons.files_of(path)
    if path.endswith("/exercise"):
        for file in files:
            name = file.relative_to(SNIPPETS).as_posix()
            write(f"downloads/{name}", with_metadata(file))
        write_archive(path, exercise_files(source))
    elif source.is_file():
        write(f"downloads/{path}", with_metadata(source))
    else:
        names = {f: f.relative_to(source.parent).as_posix() for f in files}
        write_archive(path, {names[f]: f.read_text("utf-8") for f in files})


def exercise_files(folder: Path) -> dict[str, str]:
    """What a reader begins an exercise with, in a folder named after the lesson."""
    names = {"exercise.py": "starter.py", "test_exercise.py": "test_exercise.py"}
    return {
        f"{folder.parent.name}-exercise/{name}": with_metadata(folder / source)
        for name, source in names.items()
        if (folder / source).is_file()  # the block speaks of one that is missing
    }


def with_metadata(file: Path) -> str:
    """A program under its PEP 723 header; a pytest file starts pytest."""
    if file.suffix != ".py":
        return file.read_text("utf-8")
    needed = lessons.dependencies([file])
    command = lessons.special(file).get("command", "")
    tests = command.startswith("pytest") or file.name == "test_exercise.py"
    if tests:
        needed = sorted({*needed, "pytest"})
    lines = ["# /// script", f'# requires-python = "{lessons.runs_on(file)}"']
    lines += ["# dependencies = ["] if needed else ["# dependencies = []"]
    lines += [f'#     "{name}{version(name)}",' for name in needed]
    lines += ["# ]"] if needed else []
    lines += ["# ///", file.read_text("utf-8")]
    if tests:
        words = [w for w in command.split()[1:] if not w.endswith(".py")] or ["-q"]
        options = "".join(f', "{word}"' for word in words)
        lines += ["", 'if __name__ == "__main__":', "    import sys", ""]
        lines += ["    import pytest", ""]
        lines += [f"    sys.exit(pytest.main([__file__{options}]))", ""]
    return "\n".join(lines)


def version(name: str) -> str:
    """``==`` the version in the lock file."""
    return f"=={locked()[name.split('[')[0]]}"


@cache
def locked() -> dict[str, str]:
    """The locked versions; gen-files runs this file anew for every build."""
    text = (ROOT / "requirements.txt").read_text("utf-8")
    return dict(re.findall(r"^([\w-]+)(?:\[[^]]*\])?==(\S+)", text, re.MULTILINE))


def write_archive(path: str, files: dict[str, str]) -> None:
    """Texts by their names as one archive, always the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as zipped:
        for name, text in files.items():
            zipped.writestr(zipfile.ZipInfo(name), text)
    with mkdocs_gen_files.open(f"downloads/{download_of(path)}", "wb") as file:
        file.write(target.getvalue())


main()
