"""An exercise's common mistakes on its page, and none of them unproven."""

import json

import pytest
from bs4 import BeautifulSoup, Tag

from gate.project import PAGE, Project
from proving.layout import INTERPRETER

FOLDER = "snippets/till/print/exercise"
FIRST = f"{FOLDER}/wrong/first_only.py"
RIGHT = '''"""The till's exercise."""


def total(cents):
    return sum(cents)
'''
FIRST_ONLY = '''"""Only the `first` price counts.

The others are lost.
"""


def total(cents):

    return cents[0]
'''
FILES = {
    "starter.py": "def total(cents): ...\n",
    "solution.py": RIGHT,
    "test_exercise.py": "from exercise import total\n",
    "wrong/first_only.py": FIRST_ONLY,
    "wrong/no_total.py": '"""It gives no total."""\n',
    "hints.md": "Add them up.\n\n`sum` does it.\n",
    "starter.out": "$ pytest\n3 failed\n",
    "solution.out": "$ pytest\n3 passed\n",
    "wrong/first_only.out": "$ pytest\n1 failed, 2 passed\n",
    "wrong/no_total.out": "$ pytest\n2 failed, 1 passed\n",
}


@pytest.fixture
def exercise(project: Project) -> Project:
    """A project whose lesson has an exercise."""
    for name, text in FILES.items():
        project.write(f"{FOLDER}/{name}", text)
    project.write(
        "docs/till/print.md", f"{PAGE}\n/// exercise | till/print/exercise\n///\n"
    )
    project.prove()
    return project


def fold_of(project: Project) -> Tag:
    """The fold with the common mistakes, on the built page."""
    html = (project.root / "site/till/print/index.html").read_text("utf-8")
    folds = BeautifulSoup(html, "html.parser").select(".exercise > details")
    return next(f for f in folds if f.summary.get_text() == "Common mistakes")


def test_each_mistake_is_shown(exercise: Project) -> None:
    """One sentence, the report, the program: in this order, in one colour."""
    end = exercise.build("--strict")
    assert end.returncode == 0, end.stdout
    fold = fold_of(exercise)
    sentences = [p.get_text() for p in fold.select(".exercise__mistake")]
    assert sentences == ["Only the first price counts.", "It gives no total."]
    assert fold.select_one(".exercise__mistake code").get_text() == "first"
    figures = fold.select("figure")
    assert [figure["id"] for figure in figures] == [
        "mistake-first-only",
        "mistake-no-total",
    ]
    report, program = figures[0].select("pre")
    assert report.get_text() == FILES["wrong/first_only.out"]
    assert program.get_text() == FIRST_ONLY
    marked = program.select("span")
    assert [span["class"] for span in marked] == [["hll"]]
    assert marked[0].get_text() == "    return cents[0]\n"


def test_other_forms(exercise: Project) -> None:
    """Download, Markdown copy and the record of the run have the mistakes too."""
    assert exercise.build("--strict").returncode == 0
    site = exercise.root / "site"
    download = site / "downloads/till/print/exercise/wrong/first_only.py"
    assert FIRST_ONLY in download.read_text("utf-8")
    copy = (site / "till/print.md").read_text("utf-8")
    assert FIRST_ONLY in copy
    assert "1 failed, 2 passed" in copy
    record = (site / "proven/till/print/index.html").read_text("utf-8")
    assert 'id="mistake-first-only"' in record


@pytest.mark.parametrize("name", ["wrong/first_only.py", "wrong/first_only.out"])
def test_changed_after_the_run(name: str, exercise: Project) -> None:
    """One character more in a mistake or in its report stops the build."""
    exercise.write(f"{FOLDER}/{name}", f"{FILES[name]}# x\n")
    end = exercise.build()
    assert end.returncode == 1
    assert "exercise: what is shown is not what was run" in end.stdout
    assert f"{FOLDER}/{name}:1: changed since it was run" in end.stdout


def test_new_mistake_nobody_ran(exercise: Project) -> None:
    """A mistake that came after the run is shown only when it was run."""
    exercise.write(f"{FOLDER}/wrong/late.py", '"""Too late."""\n')
    exercise.write(f"{FOLDER}/wrong/late.out", "$ pytest\n")
    end = exercise.build()
    assert end.returncode == 1
    assert f"{FOLDER}/wrong/late.py:1: no run has proven this file" in end.stdout


def test_mistake_without_a_sentence(exercise: Project) -> None:
    """What is wrong with it has to be said."""
    exercise.write(FIRST, RIGHT.partition("\n")[2])
    exercise.prove()
    end = exercise.build()
    assert end.returncode == 1
    assert "first_only.py does not say what is wrong with it" in end.stdout


def test_hidden_mistake(exercise: Project) -> None:
    """A proven mistake that the page leaves out is a finding."""
    exercise.write("docs/till/print.md", PAGE)
    end = exercise.build()
    assert f"{FIRST}:1: no page shows this" in end.stdout


def test_record_names_a_mistake_that_was_not_run(exercise: Project) -> None:
    """The page on how it was proven lists a mistake that no interpreter ran."""
    file = exercise.root / f"build/proofs/{INTERPRETER}.json"
    proofs = json.loads(file.read_text("utf-8"))
    for row in proofs["proofs"]:
        if row["file"] == FIRST:
            row["not_run"] = "needs a till"
    file.write_text(json.dumps(proofs), "utf-8")
    assert exercise.build().returncode == 0
    page = (exercise.root / "site/proven/index.html").read_text("utf-8")
    assert "exercise/wrong/first_only.py" in page
