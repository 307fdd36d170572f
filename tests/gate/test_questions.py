"""A question's right answer is read from its recording, or nothing is built."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from gate.project import PAGE, Project

BLOCK = """
/// question | till/print/questions/change.py
    ask: What does it print last?
    kind: prints
    wrong:
        - "7.50": "The till is *not* empty."
        - "0.50": "See [the receipts](print.md)."
    because: "Twenty take away `12.50`, and then a coin."
///
"""
PROGRAM = """print(20 - 12.50)
raise SystemExit(
    "closed"
)
"""
RECORDING = "$ python change.py\n7.5\nTOTAL 6.50\n"
TRACEBACK = """$ python change.py
Traceback (most recent call last):
  File "change.py", line 1, in <module>
    print(20 - 12.50)
ValueError: closed
"""
SENT = """-- print(20 - 12.50)
BEGIN;
SELECT change
FROM tills;

-- "closed"
INSERT INTO tills
VALUES (1);
"""
RAISES = """
/// question | till/print/questions/change.py
    ask: Which line raises?
    kind: raises
    wrong:
        - "raise SystemExit(": "It is never reached."
        - '"closed"': "This is a text."
    because: "It is the first."
///
"""
SENDS = RAISES.replace("kind: raises", "kind: sends\n    statement: FROM tills")
LINE = len(PAGE.splitlines()) + 2
WHERE = f"docs/till/print.md:{LINE}: "


@pytest.fixture
def asking(project: Project) -> Project:
    """A project whose lesson asks a question."""
    project.write("docs/till/print.md", PAGE + BLOCK)
    project.write("snippets/till/print/questions/change.py", PROGRAM)
    project.write("snippets/till/print/questions/change.out", RECORDING)
    project.prove()
    return project


def page_of(project: Project) -> str:
    """The finished lesson."""
    return (project.root / "site/till/print/index.html").read_text("utf-8")


def test_answer_comes_from_the_recording(asking: Project) -> None:
    """The last line is right; the choices stand in an order of their own."""
    end = asking.build("--strict")
    assert end.returncode == 0, end.stdout
    html = page_of(asking)
    assert '<code class="question__right">TOTAL 6.50</code>' in html
    choices = ("0.50", "7.50", "TOTAL 6.50")
    places = [html.index(f"<code>{text}</code>") for text in choices]
    assert places == sorted(places)
    assert html.index("question__ask") < html.index("<summary>Answer")
    assert html.index("<summary>Answer") < html.index("$ </span>python change.py")


def test_progress_lists_what_can_be_done(
    asking: Project, make_project: Callable[..., Project]
) -> None:
    """The lesson with a question is listed, and not the one without."""
    for made, there in ((asking, True), (make_project([]), False)):
        end = made.build("--strict")
        assert end.returncode == 0, end.stdout
        listed = (made.root / "site/progress/index.html").read_text("utf-8")
        assert ("data-questions" in listed) is there


def test_line_of_the_output(asking: Project) -> None:
    """The author may ask for another line, by its number."""
    block = BLOCK.replace("kind", "line: 1\n    kind")
    asking.write("docs/till/print.md", PAGE + block)
    end = asking.build()
    assert end.returncode == 0, end.stdout
    assert '<code class="question__right">7.5</code>' in page_of(asking)


@pytest.mark.parametrize(
    ("block", "file", "text"),
    [(RAISES, "change.out", TRACEBACK), (SENDS, "change.sqlite.sql", SENT)],
    ids=["raises", "sends"],
)
def test_line_of_the_program(block: str, file: str, text: str, asking: Project) -> None:
    """Which line raised or sent a statement is read from the recording."""
    asking.write("docs/till/print.md", PAGE + block)
    asking.write(f"snippets/till/print/questions/{file}", text)
    asking.prove()
    end = asking.build()
    assert end.returncode == 0, end.stdout
    assert '<code class="question__right">print(20 - 12.50)</code>' in page_of(asking)


def test_edited_recording(asking: Project) -> None:
    """Whoever edits a recording to change the answer stops the build."""
    edited = RECORDING.replace("6.50", "6.60")
    asking.write("snippets/till/print/questions/change.out", edited)
    end = asking.build()
    assert end.returncode == 1
    assert f"{WHERE}till/print/questions/change.py: what is shown is not" in end.stdout


def test_edited_answer(asking: Project) -> None:
    """An answer that was changed in the finished HTML is found."""
    assert asking.build().returncode == 0
    page = asking.root / "site/till/print/index.html"
    html = page_of(asking).replace('right">TOTAL 6.50', 'right">TOTAL 6.60')
    page.write_text(html, "utf-8")
    gate = [sys.executable, "docs/.build/gate.py", "site"]
    end = subprocess.run(gate, cwd=asking.root, capture_output=True, text=True)
    assert end.returncode == 1
    assert "the answer 'TOTAL 6.60' is no line of what was run" in end.stdout


BAD = {
    "unknown kind": ("kind: prints", "kind: guess", "unknown kind 'guess'"),
    "no kind": ("    kind: prints\n", "", "unknown kind 'None'"),
    "no question": ("    ask: What does it print last?\n", "", "no text under 'ask'"),
    "no reason": ("because: ", "because:\n#", "no text under 'because'"),
    "right is wrong": ('"7.50"', '"TOTAL 6.50"', "'TOTAL 6.50' is the right answer"),
    "twice": ('"7.50"', '"0.50"', "'0.50' stands there twice"),
    "too few": (
        '        - "7.50": "The till is *not* empty."\n',
        "",
        "it has 1 wrong choices; give at least 2",
    ),
    "no pair": ('"7.50": ', "", "is no pair of texts"),
    "no text": ('"7.50"', "7.50", "is no pair of texts"),
    "no such line": ("kind", "line: 3\n    kind", "line: 3 is no line of change.out"),
    "line 0": ("kind", "line: 0\n    kind", "line: 0 is no line of change.out"),
    "not its option": (
        "kind",
        "statement: x\n    kind",
        "'statement' goes with kind: sends; delete it",
    ),
    "no traceback": ("kind: prints", "kind: raises", "change.out has no traceback"),
    "nothing sent": ("kind: prints", "kind: sends", "it has no recording; run: nox"),
    "no program": ("questions/change", "questions/charge", "there is no snippets/till"),
    "an example": ("questions/change", "receipt", "not in a folder questions/"),
    "unknown option": ("    ask:", "    hint: x\n    ask:", "did not understand this"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_question(name: str, asking: Project) -> None:
    """Each mistake is a finding, on the line of the block."""
    old, new, message = BAD[name]
    assert old in BLOCK
    asking.write("docs/till/print.md", PAGE + BLOCK.replace(old, new, 1))
    end = asking.build()
    assert end.returncode == 1
    assert any(WHERE in row and message in row for row in end.stdout.splitlines()), (
        end.stdout
    )


PROGRAM_LINES = {
    "no line of the program": (
        RAISES.replace("raise SystemExit(", "raise System"),
        "the choice 'raise System' stands 0 times in the program",
    ),
    "no such statement": (
        SENDS.replace("FROM tills", "FROM shops"),
        "statement: 'FROM shops' stands below 0 lines in change.sqlite.sql",
    ),
    "statement not named": (
        SENDS.replace("\n    statement: FROM tills", ""),
        "say which statement",
    ),
    "databases disagree": (
        SENDS,
        "its recordings give different answers",
    ),
}


@pytest.mark.parametrize("name", PROGRAM_LINES)
def test_bad_line(name: str, asking: Project) -> None:
    """A line of the program has to be one, and the recordings have to agree."""
    block, message = PROGRAM_LINES[name]
    folder = "snippets/till/print/questions"
    asking.write("docs/till/print.md", PAGE + block)
    asking.write(f"{folder}/change.out", TRACEBACK)
    asking.write(f"{folder}/change.sqlite.sql", SENT)
    other = SENT.replace("-- print(20 - 12.50)", '-- "closed"')
    if name == "databases disagree":
        asking.write(f"{folder}/change.mariadb.sql", other)
    asking.prove()
    end = asking.build()
    assert end.returncode == 1
    assert f"{WHERE}{message}" in end.stdout


def test_copy_has_the_answer_at_the_end(asking: Project) -> None:
    """The Markdown copy asks, lists the choices, and answers after them."""
    assert asking.build().returncode == 0
    copy = (asking.root / "site/till/print.md").read_text("utf-8")
    parts = [
        PROGRAM,
        "**What does it print last?**",
        "- `0.50`\n- `7.50`\n- `TOTAL 6.50`\n",
        "- `TOTAL 6.50` is right. Twenty take away `12.50`, and then a coin.",
        RECORDING,
    ]
    places = [copy.index(part) for part in parts]
    assert places == sorted(places)
    assert "kind: prints" not in copy


def test_words_of_the_glossary_leave_it_alone(asking: Project) -> None:
    """What stands in a question and its answers gets no links to the glossary."""
    words = "- term: till\n  definition: A drawer for money.\n"
    asking.write("docs/.build/glossary.yaml", words)
    asking.write("docs/till/print.md", PAGE + BLOCK + "\nThe till.\n")
    end = asking.build()
    assert end.returncode == 0, end.stdout
    html = page_of(asking)
    figure = html[html.index("question__ask") :]
    figure = figure[: figure.index("</figure>")]
    assert "The till is" in figure
    assert 'class="term"' not in figure
    assert 'class="term"' in html
