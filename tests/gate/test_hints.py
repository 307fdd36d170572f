"""An exercise's hints and its download: on the page, in the copies, and checked."""

import zipfile

import pytest
from bs4 import BeautifulSoup

from gate.project import PAGE, Project

FOLDER = "snippets/till/print/exercise"
HINTS = """\
Which function adds
numbers up?

It is `sum`, and `cents` is what it wants.

Return it from `total`.
"""
COMMAND = "pytest -q test_exercise.py"
FILES = {
    "hints.md": HINTS,
    "starter.py": "def total(cents): ...\n",
    "solution.py": "def total(cents):\n    return sum(cents)\n",
    "test_exercise.py": "from exercise import total\n",
    "starter.out": f"$ {COMMAND}\n1 failed\n",
    "solution.out": f"$ {COMMAND}\n1 passed\n",
}
BLOCK = "\n/// exercise | till/print/exercise\n///\n"
LINE = f"docs/till/print.md:{PAGE.count(chr(10)) + 2}:"


@pytest.fixture
def exercise(project: Project) -> Project:
    """A project whose lesson has an exercise with three hints."""
    for name, text in FILES.items():
        project.write(f"{FOLDER}/{name}", text)
    project.write("docs/till/print.md", PAGE + BLOCK)
    project.prove()
    return project


def box_of(project: Project) -> BeautifulSoup:
    """The exercise on the built page."""
    html = (project.root / "site/till/print/index.html").read_text("utf-8")
    return BeautifulSoup(html, "html.parser").select_one(".exercise")


def test_each_hint_is_folded_into_the_one_before(exercise: Project) -> None:
    """After the starter, and before the tests; a number says how many there are."""
    end = exercise.build("--strict")
    assert end.returncode == 0, end.stdout
    box = box_of(exercise)
    fold = box.find("details")
    assert fold.find_previous("figure")["id"] == "exercise-starter"
    said = []
    while fold:
        said += [fold.summary.get_text(), fold.p.get_text()]
        fold = fold.find("details", recursive=False)
    assert said[:4] == [
        "Hint 1 of 3",
        "Which function adds numbers up?",
        "Hint 2 of 3",
        "It is sum, and cents is what it wants.",
    ]
    assert said[4] == "Hint 3 of 3"
    assert len(said) == 6
    titles = [s.get_text() for s in box.select(":scope > details > summary")]
    assert titles[:2] == ["Hint 1 of 3", "The tests"]


def test_copy_has_the_hints(exercise: Project) -> None:
    """In the Markdown copy they stand before the files."""
    assert exercise.build().returncode == 0
    copy = (exercise.root / "site/till/print.md").read_text("utf-8")
    hints = "1. Which function adds numbers up?\n2. It is `sum`, and `cents`"
    assert copy.index(hints) < copy.index("return sum(cents)")


BAD = {
    "missing": (None, 1, "this file is missing; write 2 to 4 hints into it"),
    "too few": ("Add them up.\n", 1, "an exercise has 2 to 4 hints"),
    "too many": ("A.\n\n" * 5, 1, "and here is 5"),
    "fence": (f"{HINTS}\n```python\nsum(cents)\n```\n", 8, "a hint is a paragraph"),
    "tildes": (f"{HINTS}\n  ~~~\nsum(cents)\n  ~~~\n", 8, "a hint is a paragraph"),
    "indented code": (f"{HINTS}\n    sum(cents)\n", 8, "a hint is a paragraph"),
    "list": ("- Add.\n\n- Sum.\n", 1, "a hint is a paragraph"),
    "block": (f"{HINTS}\n/// note\n", 8, "a hint is a paragraph"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_hints(name: str, exercise: Project) -> None:
    """What cannot be shown one by one is a finding, with the line in the file."""
    text, line, message = BAD[name]
    (exercise.root / FOLDER / "hints.md").unlink()
    if text is not None:
        exercise.write(f"{FOLDER}/hints.md", text)
    end = exercise.build()
    assert end.returncode == 1
    wanted = f"{LINE} {FOLDER}/hints.md:{line}: "
    assert any(
        row.startswith(wanted) and message in row for row in end.stdout.splitlines()
    ), end.stdout


def test_download_is_the_starter_and_its_tests(exercise: Project) -> None:
    """One archive for the whole exercise, beside the command of the recording."""
    assert exercise.build().returncode == 0
    link = box_of(exercise).find("a")
    assert link["download"] == "print-exercise.zip"
    assert COMMAND in link.parent.get_text()
    archive = (exercise.root / "site/till/print" / link["href"]).resolve()
    with zipfile.ZipFile(archive) as zipped:
        texts = {name: zipped.read(name).decode() for name in zipped.namelist()}
    assert list(texts) == [
        "print-exercise/exercise.py",
        "print-exercise/test_exercise.py",
    ]
    starter, tests = texts.values()
    assert FILES["starter.py"] in starter
    assert FILES["test_exercise.py"] in tests
    assert '"pytest==' in tests


def test_starter_without_a_report(exercise: Project) -> None:
    """Without a recording there is no command to show; that is a finding."""
    (exercise.root / FOLDER / "starter.out").unlink()
    end = exercise.build()
    assert end.returncode == 1
    assert f"{LINE} it has no recording; run: nox -s record -- till" in end.stdout
