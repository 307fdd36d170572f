"""The gate lets a proven site through, whole, and nothing else."""

import json
import re
import subprocess
import sys

import pytest

from gate.project import PAGE, PROGRAM, RECORDING, Project
from proving.layout import INTERPRETER

PROOFS = f"build/proofs/{INTERPRETER}.json"
SNIPPET = "snippets/till/print/receipt.py"
OUT = "snippets/till/print/receipt.out"


def test_proven_site_is_built(project: Project) -> None:
    """Page, example index, download, Markdown copy: all are there."""
    end = project.build("--strict")
    assert end.returncode == 0, end.stdout
    site = project.root / "site"
    assert "12.50" in (site / "till" / "print" / "index.html").read_text("utf-8")
    assert "receipt.py" in (site / "examples" / "index.html").read_text("utf-8")
    assert PROGRAM in (site / "downloads/till/print/receipt.py").read_text("utf-8")
    copy = (site / "till" / "print.md").read_text("utf-8")
    assert PROGRAM in copy
    assert RECORDING in copy
    assert not (site / "SUMMARY").exists()


CHANGES = {
    "program": (SNIPPET, PROGRAM, 'print("12.51")\n', "docs/till/print.md:3:"),
    "comment": (SNIPPET, PROGRAM, f"{PROGRAM}# x\n", "docs/till/print.md:3:"),
    "recording": (OUT, RECORDING, "$ python receipt.py\n12.51\n", f"{OUT}:1:"),
    "short block": ("docs/till/print.md", "2 + 2", "2 + 3", "docs/till/print.md:9:"),
    "its output": ("docs/till/print.md", "#> 4", "#> 5", "docs/till/print.md:9:"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_one_character_after_the_run(change: str, project: Project) -> None:
    """One changed character stops the build and names the line."""
    file, old, new, where = CHANGES[change]
    text = (project.root / file).read_text("utf-8")
    project.write(file, text.replace(old, new))
    end = project.build()
    assert end.returncode == 1
    assert where in end.stdout


def test_every_character_counts(project: Project) -> None:
    """Change each character of each block in the finished HTML: all are found."""
    assert project.build().returncode == 0
    page = project.root / "site" / "till" / "print" / "index.html"
    html = page.read_text("utf-8")
    gate = [sys.executable, "docs/.build/gate.py", "site"]
    missed = []
    for mark in ("12.50", "print", "receipt.py\n", "#&gt; 4"):
        at = html.rindex(mark, 0, html.index("</article>"))
        for offset in range(len(mark.replace("&gt;", "> ").strip())):
            if html[at + offset] in "&;":
                continue
            page.write_text(
                html[: at + offset] + "¤" + html[at + offset + 1 :], "utf-8"
            )
            end = subprocess.run(gate, cwd=project.root, capture_output=True, text=True)
            if end.returncode != 1 or "docs/till/print.md:" not in end.stdout:
                missed.append((mark, offset, end.stdout))
    assert not missed


def test_failed_build_keeps_the_old_site(project: Project) -> None:
    """A build that fails leaves the last proven site as it was."""
    assert project.build().returncode == 0
    before = sorted((project.root / "site").rglob("*"))
    project.write("docs/till/print.md", PAGE.replace("2 + 2", "2 + 3"))
    assert project.build().returncode == 1
    assert sorted((project.root / "site").rglob("*")) == before
    assert not list(project.root.glob(".site.*"))


def test_template_cannot_add_code(project: Project) -> None:
    """Code that a theme's template brings in is seen as well."""
    template = '{% extends "base.html" %}{% block footer %}<pre>x</pre>{% endblock %}'
    project.write("docs/.build/theme/main.html", template)
    end = project.build()
    assert end.returncode == 1
    assert re.search(r"docs/till/print\.md:\d+: code that comes from no", end.stdout)


def test_orphan_snippet(project: Project) -> None:
    """A snippet that no page shows is a finding."""
    project.write("docs/till/print.md", "# Print a receipt\n")
    end = project.build()
    assert end.returncode == 1
    assert f"{SNIPPET}:1: no page shows this" in end.stdout


def test_snippet_nobody_ran(project: Project) -> None:
    """A snippet that appeared after the run is a finding."""
    project.write("snippets/till/print/bill.py", "print(1)\n")
    end = project.build()
    assert "snippets/till/print/bill.py:1: no run has proven this file" in end.stdout


def test_missing_recording(project: Project) -> None:
    """An example without its recording says how to record it."""
    (project.root / OUT).unlink()
    end = project.build()
    assert "docs/till/print.md:3: it has no recording; run: nox -s record" in end.stdout


def test_page_outside_the_navigation(project: Project) -> None:
    """A page nobody can reach is a finding."""
    project.write("docs/till/bill.md", "# Bill\n")
    end = project.build()
    assert "docs/till/bill.md:1: this page is missing from the navigation" in end.stdout


UNUSABLE = {
    "another lock file": ({"lock": "0"}, "made with another requirements.txt"),
    "another interpreter": (
        {"interpreter": "cpython-3.11.0"},
        "made by cpython-3.11.0",
    ),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_proofs_of_something_else(name: str, project: Project) -> None:
    """Proofs from another interpreter or lock file prove nothing here."""
    other, message = UNUSABLE[name]
    project.prove(**other)
    end = project.build()
    assert end.returncode == 1
    assert f"{PROOFS}:1: {message}" in end.stdout


def test_no_proofs(project: Project) -> None:
    """Without proofs there is no site, and one line says what to run."""
    (project.root / PROOFS).unlink()
    end = project.build()
    assert end.returncode == 1
    assert f"{PROOFS}:1: {INTERPRETER} builds the site" in end.stdout
    assert "run: nox -s site" in end.stdout


def test_broken_proofs(project: Project) -> None:
    """Half a proofs file is none."""
    project.write(PROOFS, "{")
    end = project.build()
    assert f"{PROOFS}:1: not a proofs file" in end.stdout


def test_not_run_here(project: Project) -> None:
    """What could not be run is said on the page; publishing demands it."""
    path = project.root / PROOFS
    proofs = json.loads(path.read_text("utf-8"))
    for row in proofs["proofs"][:2]:
        row["not_run"] = "needs a till"
    path.write_text(json.dumps(proofs), "utf-8")
    assert project.build().returncode == 0
    page = project.root / "site" / "till" / "print" / "index.html"
    assert "not run here: needs a till" in page.read_text("utf-8")
    end = project.build(PROVEN_DEMAND_ALL="1")
    assert end.returncode == 1
    assert "docs/till/print.md:3: not run: needs a till; publishing" in end.stdout


def test_addresses_are_left_out(project: Project) -> None:
    """Without the public address there is no link that needs it; with it there is."""
    assert project.build().returncode == 0
    page = project.root / "site" / "till" / "print" / "index.html"
    assert 'rel="canonical"' not in page.read_text("utf-8")
    assert "/edit/main/" not in page.read_text("utf-8")
    address, source = "https://proven.example/", "https://source.example/proven"
    end = project.build(SITE_ADDRESS=address, SOURCE_ADDRESS=source)
    assert end.returncode == 0, end.stdout
    assert f"{source}/edit/main/docs/till/print.md" in page.read_text("utf-8")
    canonical = f'rel="canonical" href="{address}till/print/"'
    assert canonical in page.read_text("utf-8")


def test_home_says_what_ran(project: Project) -> None:
    """The line below the promise is counted from the proofs."""
    project.write("docs/index.md", "# Home\n\nAll is run.\n{ .promise }\n")
    file = project.root / PROOFS
    proofs = json.loads(file.read_text("utf-8"))
    for row in proofs["proofs"][:2]:
        row |= {"example": "till/print/receipt", "servers": {"mariadb": "MariaDB 1.2"}}
    file.write_text(json.dumps(proofs), "utf-8")
    assert project.build().returncode == 0
    home = (project.root / "site" / "index.html").read_text("utf-8")
    version = INTERPRETER.removeprefix("cpython-")
    assert f"1 program ran on CPython {version} · MariaDB 1.2" in home


def test_code_has_no_idle_spans(project: Project) -> None:
    """Spans that colour nothing are gone; the text is whole (the gate saw it)."""
    formatted = 'cents = 1250\nprint(f"{cents:5} c")\n'
    project.write("snippets/till/print/receipt.py", PROGRAM + formatted)
    project.prove()
    assert project.build().returncode == 0
    page = (project.root / "site/till/print/index.html").read_text("utf-8")
    block = page[page.index("<pre") : page.index("</pre>")]
    assert 'print(<span class="s">"12.50"</span>)' in block
    pieces = '<span class="s">f"{</span>cents<span class="s">:5} c"</span>'
    assert f"print({pieces})" in block
