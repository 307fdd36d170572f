"""What a page offers to run was tried; for everything else it says why not."""

import json

import pytest
from bs4 import BeautifulSoup, Tag

from gate.project import PAGE, PROGRAM, RECORDING, Project
from proving.layout import digest
from proving.proofs import key

EXAMPLE = "till/print/receipt"
SCRIPTS = ("python.js", "sql_file.py", "terminal.py")
STAMP = "build/runtime/made-from.txt"


def try_it(project: Project, why_not: str = "", runtime: str = "") -> None:
    """Leave what the tests leave after trying the project's one example."""
    project.write(STAMP, "made")
    project.write("build/runtime/pyodide/pyodide.mjs", "export {};\n")
    assets = project.root / "docs" / "assets" / "run"
    scripts = [(assets / name).read_bytes() for name in SCRIPTS]
    texts = sorted([key("python", PROGRAM), key("console", RECORDING)])
    found = {
        "runtime": runtime or digest(b"made", *scripts),
        "python": "CPython 3.14.2 (Pyodide 314.0.7)",
        "examples": {EXAMPLE: {"texts": texts, "why_not": why_not}},
    }
    project.write("build/in-page.json", json.dumps(found))


def lesson(project: Project) -> Tag:
    """The built lesson."""
    html = (project.root / "site/till/print/index.html").read_text("utf-8")
    return BeautifulSoup(html, "html.parser").article


def figure(project: Project) -> Tag:
    """The built figure of the example."""
    return lesson(project).select_one("#receipt")


def where(project: Project) -> str:
    """The page that says where the examples run."""
    html = (project.root / "site/where/index.html").read_text("utf-8")
    return BeautifulSoup(html, "html.parser").article.get_text()


def test_what_was_tried_is_offered(project: Project) -> None:
    """With its command and the name of its file; the site brings the Python."""
    try_it(project)
    end = project.build()
    assert end.returncode == 0, end.stdout
    shown = figure(project)
    assert shown["data-run"] == "python receipt.py"
    assert shown.select_one(".example__code")["data-file"] == "receipt.py"
    assert (project.root / "site/assets/run/pyodide/pyodide.mjs").is_file()
    assert not (project.root / "site/assets/run/made-from.txt").exists()
    assert "runs in the page" in lesson(project).select_one(".facts").get_text()
    assert "1 of 1 examples run in the page" in where(project)
    assert "In the page: receipt.py" in where(project)


def test_what_does_not_run_there_says_why(project: Project) -> None:
    """In words, beside its name, and on the list; nothing is offered."""
    try_it(project, why_not="needs threads")
    assert project.build().returncode == 0
    shown = figure(project)
    assert "data-run" not in shown.attrs
    badge = shown.select_one(".example__badge--local").get_text()
    assert badge == "needs threads: run it on your computer"
    assert "Needs threads: receipt.py" in where(project)


def test_a_changed_example_was_not_tried(project: Project) -> None:
    """Another text, or another recording, needs another try."""
    try_it(project)
    project.write("snippets/till/print/receipt.out", "$ python receipt.py\n12.5\n")
    project.prove()
    assert project.build().returncode == 0
    shown = figure(project)
    assert "data-run" not in shown.attrs
    assert "was not tried in a browser" in shown.figcaption.get_text()


@pytest.mark.parametrize("missing", ["nothing was tried", "another Python"])
def test_without_a_try_nothing_is_offered(project: Project, missing: str) -> None:
    """The site is built all the same, and where all is demanded it is not."""
    if missing == "another Python":
        try_it(project, runtime="0")
    assert project.build().returncode == 0
    assert "data-run" not in figure(project).attrs
    assert "No example has been tried" in where(project)
    demanded = project.build(PROVEN_DEMAND_ALL="1")
    assert demanded.returncode != 0
    assert "build/in-page.json:1: " in demanded.stdout
    assert "; run: nox -s site" in demanded.stdout


def test_a_forged_offer_is_refused(project: Project) -> None:
    """Raw HTML cannot make a button for what nobody tried."""
    try_it(project, why_not="needs threads")
    forged = f'<div data-run="python receipt.py" data-example="{EXAMPLE}.py"></div>'
    project.write("docs/till/print.md", f"{PAGE}\n{forged}\n")
    end = project.build()
    assert end.returncode != 0
    assert f"{EXAMPLE}.py: the page offers to run it, and nobody has" in end.stdout


def test_another_command_is_refused(project: Project) -> None:
    """What is offered is the command that was recorded."""
    try_it(project)
    forged = f'<div data-run="pytest receipt.py" data-example="{EXAMPLE}.py"></div>'
    project.write("docs/till/print.md", f"{PAGE}\n{forged}\n")
    assert "the page offers to run it" in project.build().stdout
