"""Every known way to show code without a proof, and every dead end, is closed.

All pages below are built at once, by a bare ``mkdocs build``; each must have
its finding, on its line.
"""

import re
from collections.abc import Callable

import pytest

from gate.project import Project

TICKS = "```"

# name: (the page after its title and a blank line, line, part of the message)
PAGES = {
    "plain-fence": (f"{TICKS}python\nprint(1)\n{TICKS}", 3, "was never run"),
    "attribute-fence": (f"{TICKS} {{ .python .annotate }}\nprint(2)\n{TICKS}", 3, "never run"),
    "tilde-fence": ("~~~python\nprint(3)\n~~~", 3, "was never run"),
    "four-ticks": ("````python\nprint(4)\n````", 3, "was never run"),
    "tab-fence": (f"- item\n\n\t{TICKS}python\n\tprint(5)\n\t{TICKS}", 5, "never run"),
    "quoted-fence": (f"> {TICKS}python\n> print(6)\n> {TICKS}", 3, "was never run"),
    "short-name": (f"{TICKS}py\nprint(7)\n{TICKS}", 3, "unknown fence 'py'"),
    "pycon": (f"{TICKS}pycon\n>>> 8\n8\n{TICKS}", 3, "unknown fence 'pycon'"),
    "mermaid": (f"{TICKS}mermaid\ngraph LR\n{TICKS}", 3, "unknown fence 'mermaid'"),
    "no-language": (f"{TICKS}\n$ rm -r .\n{TICKS}", 3, "unknown fence"),
    "text": (f"{TICKS}text\n9\n{TICKS}", 3, "unknown fence 'text'"),
    "typed-output": (f"{TICKS}console\n$ date\n{TICKS}", 3, "this output is no recording"),
    "changed-short-block": (f"{TICKS}python\nprint(2 + 2)\n#> 5\n{TICKS}", 3, "never run"),
    "raw-pre": ("text\n\n<pre>print(10)</pre>", 5, "comes from no fence"),
    "raw-proven-pre": (
        '<div class="language-python highlight"><pre><code>print("12.50")\n'
        "</code></pre></div>",
        3,
        "comes from no fence",
    ),
    "raw-code": ("<code>a = 11<br>b = 12</code>", 3, "several lines of code"),
    "long-inline": ("`a = 11\nb = 12`", 3, "several lines of code"),
    "indented": ("text\n\n    print(13)", 5, "comes from no fence"),
    "samp": ("It prints <samp>14</samp>.", 3, "<samp> shows text"),
    "textarea": ("<textarea>print(15)</textarea>", 3, "<textarea> shows text"),
    "iframe": ('<iframe src="data:text/html,16"></iframe>', 3, "<iframe> shows text"),
    "script": ("<script>document.write(17)</script>", 3, "<script> shows text"),
    "style": ('<style>p:after {content: "print(17)"}</style>', 3, "<style> shows text"),
    "styled": ('<p style="white-space: pre">17</p>', 3, "look like code"),
    "bullet-fence": (f"- {TICKS}python\n  print(18)\n  {TICKS}", 3, "does not render"),
    "unclosed": (f"{TICKS}python\nprint(19)", 3, "does not render"),
    "skip-test": (f'{TICKS}python test="skip" x\nprint(20)\n{TICKS}', 3, ""),
    "glued-fence": (f"text\n{TICKS} python 'x\nprint(21)\n{TICKS}", 4, ""),
    "include-alone": ('--8<-- "snippets/till/print/receipt.py"', 3, "an include stands alone"),
    "include-unquoted": (
        f"{TICKS}python\n--8<-- snippets/till/print/receipt.py\n{TICKS}",
        4,
        "an include stands alone",
    ),
    "include-space": (
        f'{TICKS}python\n--8<-- "snippets/till/print/receipt.py" \n{TICKS}x',
        3,
        "",
    ),
    "include-section": (
        f'{TICKS}python\n--8<-- "snippets/till/print/receipt.py:main"\n{TICKS}',
        4,
        "names a whole file",
    ),
    "include-lines": (
        f'{TICKS}python\n--8<-- "snippets/till/print/receipt.py:7:9"\n{TICKS}',
        4,
        "names a whole file",
    ),
    "hl-lines": (
        f'{TICKS}python hl_lines="1"\nprint(2 + 2)\n#> 4\n{TICKS}',
        3,
        "line numbers drift",
    ),
    "absent-highlight": (
        "/// example | till/print/receipt.py\n    highlight: 99.99\n///",
        3,
        "'99.99' occurs on no line",
    ),
    "absent-fold": (
        "/// example | till/print/receipt.py\n    fold: bill.py\n///",
        3,
        "'bill.py' is not among its files; they are receipt.py",
    ),
    "fold-of-everything": (
        "/// example | till/print/receipt.py\n    fold: receipt.py\n///",
        3,
        "no file would be left to read",
    ),
    "absent-example": ("/// example | till/print/bill.py\n///", 3, "there is no snippets/"),
    "outside-example": ("/// example | ../noxfile.py\n///", 3, "is no path in snippets/"),
    "unknown-block": ("/// exampel | till/print/receipt.py\n///", 3, "did not understand"),
    "dead-link": ("See [there](nowhere.md).", 3, "leads to no page"),
    "dead-raw-link": ('See <a href="../nowhere/">there</a>.', 3, "leads to no page"),
    "dead-anchor": ("See [there](print.md#nowhere).", 3, "leads to no '#nowhere'"),
    "dead-own-anchor": ("See [there](#nowhere).", 3, "leads to no '#nowhere'"),
    "undefined-link": ("See [there][nowhere].", 3, "reference is defined nowhere"),
    "no-alternative": ("![](../assets/logo.svg)", 3, "has no alternative text"),
    "dead-picture": ("![A till](till.png)", 3, "leads to no page"),
    "dead-raw-picture": ('<img src="till.png" alt="A till">', 3, "leads to no page"),
    "two-ids": ("## Till\n\n<a id=\"till\"></a>", 3, "two elements have the id 'till'"),
    "swallowed": ("A list of <Book> objects.", 3, "<book> is no HTML"),
    "flat-list": ("- Books\n  - Salt Roads", 4, "flattens this list"),
    "glued-list": ("Books:\n- Salt Roads\n- Night Trains", 4, "glued to the text"),
}  # fmt: skip


# Side by side, all tests go to the worker that has built the site.
pytestmark = pytest.mark.xdist_group("ways round")


@pytest.fixture(scope="module")
def findings(make_project: Callable[..., Project]) -> dict[str, list[str]]:
    """The findings of all pages, from one build that must fail."""
    project = make_project(list(PAGES))
    for name, (text, _, _) in PAGES.items():
        project.write(f"docs/till/{name}.md", f"# {name}\n\n{text}\n")
    end = project.build()
    assert end.returncode == 1, end.stdout
    assert not (project.root / "site").exists()
    assert not list(project.root.glob(".site.*"))
    found: dict[str, list[str]] = {}
    for name, line in re.findall(r"^docs/till/([\w-]+)\.md:(.*)$", end.stdout, re.M):
        found.setdefault(name, []).append(line)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_closed(name: str, findings: dict[str, list[str]]) -> None:
    """The page has a finding with this line and this text."""
    _, line, message = PAGES[name]
    found = findings.get(name, [])
    assert any(row.startswith(f"{line}: ") and message in row for row in found), found


def test_nothing_else(findings: dict[str, list[str]]) -> None:
    """The sound page of the same build has no finding."""
    assert findings.keys() <= PAGES.keys()
