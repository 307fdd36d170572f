"""The thin layer between MkDocs and everything else in this folder.

A build goes to a folder beside ``site/`` and takes its place only when the
gate has found nothing. While serving, findings are shown on the pages.
"""

import html
import logging
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent))

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

import cards
import changes
import copies
import gate
import in_page
import lessons
import offline
import policy
import proofs
import search_index
import sent
from colours import colours
from example import ExampleExtension
from glossary import BadGlossary, GlossaryExtension, read_terms
from lean import lean
from page_source import read_source
from question_block import QuestionExtension
from rendered import Finding
from report import report_address
from structured import about
from unused import drop_unused

log = logging.getLogger("mkdocs.hooks.proven")
state: dict = {
    "proofs": None,
    "in_page": None,
    "page": "",
    "up": "",
    "problems": [],
    "report": None,
    "terms": [],
    "glossary": "",
}
build: dict = {
    "serving": False,
    "target": None,
    "blocks": [],
    "changed": {},
    "terms": [],
}
PROVE = "PROVEN_PROVE"  # the command that repeats what changed, while serving


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether a writer is watching."""
    build["serving"] = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Prove what changed, read the proofs, and build beside the old site."""
    root = Path(config.config_file_path).parent
    if build["serving"] and PROVE in os.environ:
        subprocess.run(shlex.split(os.environ[PROVE]), cwd=root)
    try:
        state["proofs"] = proofs.read(root)
    except proofs.NoProofs:
        state["proofs"] = None  # the gate says so, with everything else
    state["in_page"] = tried_in_page(root)
    history = history_of(root)
    build.update(root=root, blocks=[], changed=changes.last_changed(history))
    config.extra.update(
        colours=colours(),
        feed=bool(history and config.site_url),
        archive=not build["serving"],
    )
    try:
        build["terms"] = read_terms()
    except BadGlossary as error:
        raise PluginError(str(error)) from None
    config.markdown_extensions += [
        ExampleExtension(state),
        QuestionExtension(state),
        GlossaryExtension(state),
    ]
    if source := config.extra["source_address"].rstrip("/"):
        config.edit_uri_template = f"{source}/edit/main/docs/{{path}}"
        config.theme["features"].append("content.action.edit")
    if not build["serving"]:
        target = Path(config.site_dir)
        build["target"] = target
        config.site_dir = str(target.with_name(f".{target.name}.{os.getpid()}"))
    return config


def tried_in_page(root: Path) -> in_page.InPage | None:
    """What runs in the page; without it nothing does, and the log says why."""
    try:
        return in_page.read(root)
    except in_page.NotTried as error:
        log.info("nothing runs in the page: %s", error)
        return None


def history_of(root: Path) -> list[changes.Change]:
    """What git knows of the lessons' changes; without it the log says why."""
    try:
        return changes.read(root)
    except changes.NoHistory as error:
        log.info("no changes are shown: %s", error)
        return []


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """The navigation's own source is no page."""
    if source := files.get_file_from_path("SUMMARY.md"):
        files.remove(source)
    return nav


def on_page_markdown(
    markdown: str, page: Page, config: MkDocsConfig, files: Files
) -> str:
    """Put the computed facts under a lesson's title."""
    name = page.file.src_uri.removesuffix(".md")
    up = "../" * page.url.count("/")
    state.update(page=name, up=up, problems=[], terms=[])
    state["report"] = reporter(page, config.extra["source_address"].rstrip("/"))
    changed = build["changed"].get(name)
    page.meta["about"] = about(
        name, page.meta, markdown, config.site_url or "", changed
    )
    if not (build["root"] / "docs" / page.file.src_uri).is_file():
        page.edit_url = None  # nobody can edit a generated page
    if name == "index":
        return lessons.home_line(markdown, state["proofs"])
    if not lessons.is_lesson(name):
        return markdown
    markdown = sent.with_counts(markdown, name, wrong_reference(name))
    state["terms"] = [term for term in build["terms"] if term.holds_on(name)]
    state["glossary"] = "../" * name.count("/") + "glossary.md"
    facts = lessons.fact_lines(
        name, page.meta, markdown, state["proofs"], changed, where_it_runs(name)
    )
    title, _, rest = markdown.partition("\n")
    while title.strip() == "" and rest:
        title, _, rest = rest.partition("\n")
    return f"{title}\n\n{facts}\n{rest}"


def where_it_runs(name: str) -> str:
    """How many examples of a lesson run in its page; empty if none was tried."""
    paths = [p for p in lessons.examples_on(name) if not lessons.is_question(p)]
    return state["in_page"].in_words(paths) if state["in_page"] and paths else ""


def wrong_reference(name: str) -> Callable[[str, str], None]:
    """What turns a bad reference of a lesson into a finding."""
    source = read_source(build["root"] / "docs" / f"{name}.md", build["root"])

    def wrong(reference: str, problem: str) -> None:
        place = f"docs/{name}.md", source.find(reference)
        build["blocks"].append(Finding(*place, f"{reference}: {problem}"))

    return wrong


def reporter(page: Page, source: str) -> Callable[[str, list[str]], str]:
    """What gives an example of this page the address for reporting it."""
    where = page.canonical_url or f"docs/{page.file.src_uri}"
    commit = state["proofs"].current["commit"] if state["proofs"] else ""

    def report(path: str, versions: list[str]) -> str:
        if not source:
            return ""
        place = f"{where}#{lessons.anchor(path)}"
        return report_address(source, path, place, commit, versions)

    return report


def on_page_content(text: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Collect what the example blocks could not do; leave out idle spans."""
    source = build["root"] / "docs" / page.file.src_uri
    if state["problems"]:
        lines = read_source(source, build["root"])
        for block, problem in state["problems"]:
            line = lines.examples.get(block) or lines.find(block)
            build["blocks"].append(Finding(f"docs/{page.file.src_uri}", line, problem))
    return lean(text)


def on_post_build(config: MkDocsConfig) -> None:
    """Ask the gate; then let the new site take the old one's place, or none."""
    site, address = Path(config.site_dir), config.site_url or ""
    copies.write_copies(site, address)
    search_index.write(site)
    drop_unused(site, Path(config.docs_dir))
    if address:
        build["blocks"] += write_cards(site, config)
    if not build["serving"]:  # the server adds a script of its own to each page
        offline.pack(site, address)
        policy.protect(site)
    if state["in_page"]:
        in_page.serve(site, build["root"])
    base = urlsplit(address or "/").path or "/"
    found = {*build["blocks"], *gate.check_site(site, build["root"], base)}
    findings = sorted(found | set(outside_the_curriculum(build["root"])))
    if build["serving"]:
        show(findings, site)
        return
    if findings:
        shutil.rmtree(site)
        raise PluginError(
            "the site is not built\n"
            + "\n".join(map(str, findings))
            + f"\n{len(findings)} finding{'s' * (len(findings) > 1)}"
        )
    shutil.rmtree(build["target"], ignore_errors=True)
    site.replace(build["target"])


def write_cards(site: Path, config: MkDocsConfig) -> list[Finding]:
    """A social card for each written page; findings where one cannot be drawn."""
    findings = []
    for page in copies.written_pages():
        name = page.relative_to(lessons.DOCS).with_suffix("").as_posix()
        card = cards.card_of(
            name, config.site_name, config.site_description, state["proofs"]
        )
        try:
            cache = build["root"] / "build" / "cache" / "cards"
            cards.write_card(card, site / "cards" / f"{name}.png", cache)
        except cards.NotDrawable as error:
            findings.append(Finding(f"docs/{name}.md", 1, str(error)))
    return findings


def on_build_error(error: Exception) -> None:
    """Leave nothing half-written behind."""
    if build["target"] is not None:
        target = build["target"]
        shutil.rmtree(
            target.with_name(f".{target.name}.{os.getpid()}"), ignore_errors=True
        )


def outside_the_curriculum(root: Path) -> list[Finding]:
    """Pages that no navigation leads to."""
    return [
        Finding(
            path.relative_to(root).as_posix(),
            1,
            "this page is missing from the navigation; add it to "
            "docs/.build/curriculum.yaml, or delete it",
        )
        for path in copies.written_pages()
        if "/" in (name := path.relative_to(root / "docs").with_suffix("").as_posix())
        and not lessons.is_lesson(name)
    ]


def show(findings: list[Finding], site: Path) -> None:
    """While serving: tell the writer in the terminal and on every page."""
    for finding in findings:
        log.warning("%s", finding)
    if not findings:
        return
    items = "".join(f"<li>{html.escape(str(finding))}</li>" for finding in findings)
    box = f'<aside class="findings"><b>Not publishable yet</b><ul>{items}</ul></aside>'
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("</article>", f"{box}</article>", 1), "utf-8")
