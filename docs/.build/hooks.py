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
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent))

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

import copies
import gate
import lessons
import proofs
from example import ExampleExtension
from page_source import read_source
from rendered import Finding

log = logging.getLogger("mkdocs.hooks.proven")
state: dict = {"proofs": None, "up": "", "problems": []}
build: dict = {"serving": False, "target": None, "blocks": []}
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
    build.update(root=root, blocks=[])
    config.markdown_extensions.append(ExampleExtension(state))
    if source := config.extra["source_address"].rstrip("/"):
        config.edit_uri_template = f"{source}/edit/main/docs/{{path}}"
        config.theme["features"].append("content.action.edit")
    if not build["serving"]:
        target = Path(config.site_dir)
        build["target"] = target
        config.site_dir = str(target.with_name(f".{target.name}.{os.getpid()}"))
    return config


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
    state.update(up="../" * page.url.count("/"), problems=[])
    if not (build["root"] / "docs" / page.file.src_uri).is_file():
        page.edit_url = None  # nobody can edit a generated page
    if not lessons.is_lesson(name):
        return markdown
    facts = lessons.fact_lines(name, page.meta, markdown, state["proofs"])
    title, _, rest = markdown.partition("\n")
    while title.strip() == "" and rest:
        title, _, rest = rest.partition("\n")
    return f"{title}\n\n{facts}\n{rest}"


def on_page_content(text: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Collect what the example blocks of this page could not do."""
    source = build["root"] / "docs" / page.file.src_uri
    if state["problems"]:
        lines = read_source(source, build["root"])
        for block, problem in state["problems"]:
            line = lines.examples.get(block) or lines.find(block)
            build["blocks"].append(Finding(f"docs/{page.file.src_uri}", line, problem))
    return text


def on_post_build(config: MkDocsConfig) -> None:
    """Ask the gate; then let the new site take the old one's place, or none."""
    site = Path(config.site_dir)
    copies.write_copies(site)
    base = urlsplit(config.site_url or "/").path or "/"
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
