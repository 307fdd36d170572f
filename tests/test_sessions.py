"""Whole sessions in a project of their own: recording, proving, interrupting."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from proving.layout import INTERPRETER, ROOT
from small_project import PROGRAM, RECEIPT, TESTS, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project whose one snippet is recorded."""
    made = Project(tmp_path)
    end = made.record()
    assert end.returncode == 0, end.stdout
    return made


def test_record_writes_and_shows_the_difference(project: Project) -> None:
    """The recording is the command and the output; a change is shown as a diff."""
    recording = project.root / "snippets/till/print/receipt.out"
    assert recording.read_text("utf-8") == "$ python receipt.py\n12.50\n"
    project.write(RECEIPT, PROGRAM.replace("12.50", "13.75"))
    end = project.record("till/print/receipt")
    assert "-12.50\n+13.75\n" in end.stdout
    assert recording.read_text("utf-8") == "$ python receipt.py\n13.75\n"


def test_record_keeps_the_old_recording_of_a_red_example(project: Project) -> None:
    """What fails is not recorded."""
    project.write(RECEIPT, 'print("13.75")\nraise LookupError("no paper")\n')
    end = project.record()
    assert end.returncode == 1
    assert f"{RECEIPT}:2: raised LookupError: no paper" in end.stdout
    old = (project.root / "snippets/till/print/receipt.out").read_text("utf-8")
    assert "12.50" in old


def test_record_names_what_it_does_not_know(project: Project) -> None:
    """A wrong name ends in one line with the nearest right one."""
    end = project.record("till/print/receit")
    assert end.returncode == 2
    assert end.stdout == (
        "snippets/till/print/receit:1: there is no such example; "
        "did you mean till/print/receipt?\n"
    )


def test_record_removes_recordings_nobody_writes(project: Project) -> None:
    """A recording whose example is gone goes too."""
    project.write("snippets/till/print/bill.out", "$ python bill.py\n")
    assert "bill.out: removed" in project.record().stdout


def test_green_run_leaves_proofs_and_repeats_nothing(project: Project) -> None:
    """Unchanged inputs are not run again; a changed one is, alone."""
    first = project.prove()
    assert "1 examples proven (1 run now, 0 unchanged" in first.stdout
    rows = json.loads(project.proofs.read_text("utf-8"))["proofs"]
    assert {row["language"] for row in rows} == {"python", "console"}
    assert "(0 run now, 1 unchanged" in project.prove().stdout
    project.write(RECEIPT, f"{PROGRAM}# a remark\n")
    assert "(1 run now, 0 unchanged" in project.prove().stdout
    assert "(1 run now, 0 unchanged" in project.prove("--fresh").stdout


def test_claims_read_what_was_proven(project: Project) -> None:
    """Side by side, too; an example that has changed since then is run anew."""
    claim = 'def test_claim(output):\n    assert output("till/print/receipt") == ""\n'
    project.write("tests/lessons/test_till.py", claim)
    words = ("-m", "pytest", "-q", "-n", "2", "tests/lessons")
    assert project.prove().returncode == 0
    [kept] = project.root.glob(f"build/cache/{INTERPRETER}/*.json")
    kept.write_text(kept.read_text("utf-8").replace("12.50", "13.75"), "utf-8")
    assert "AssertionError: assert '13.75" in project.run(*words).stdout
    project.write(RECEIPT, f"{PROGRAM}# a remark\n")
    assert "AssertionError: assert '12.50" in project.run(*words).stdout


def test_several_processes_leave_no_proofs(project: Project) -> None:
    """Each of them would know of a part only."""
    end = project.prove("-n", "2")
    assert end.returncode == 4
    assert "--proofs: examples are proven side by side by one process" in end.stdout
    assert not project.proofs.exists()


def test_edited_recording(project: Project) -> None:
    """A recording edited by hand is a finding with its line; no proofs are left."""
    project.write("snippets/till/print/receipt.out", "$ python receipt.py\n12.51\n")
    end = project.prove()
    assert end.returncode == 1
    assert "snippets/till/print/receipt.out:2: the run of" in end.stdout
    assert "nox -s record -- till/print/receipt" in end.stdout
    assert not project.proofs.exists()


def test_partial_run_leaves_no_proofs(project: Project) -> None:
    """A run that was told to leave something out proves nothing."""
    project.write("snippets/till/print/bill.py", 'print("1")\n')
    project.record()
    end = project.prove("-k", "receipt")
    assert end.returncode == 0
    assert "no proofs were written" in end.stdout
    assert not project.proofs.exists()


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_interrupted_run_leaves_nothing(project: Project) -> None:
    """Ctrl-C in the middle: no proofs, nothing half-written, no lock."""
    project.write(
        RECEIPT,
        "import os, pathlib, signal\n"
        "build = pathlib.Path(os.environ['INTERRUPT'])\n"
        "os.kill(int(build.read_text()), signal.SIGINT)\n",
    )
    runner = (
        "import os, pathlib, signal, sys, pytest\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "pathlib.Path('pid').write_text(str(os.getpid()))\n"
        "from proving import running\n"
        "running.ENVIRONMENT['INTERRUPT'] = os.path.abspath('pid')\n"
        "sys.exit(pytest.main(sys.argv[1:]))\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", runner, "-q", "--proofs", *TESTS],
        cwd=project.root,
        env=os.environ | {"PYTHONPATH": "tests"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.returncode in (2, -signal.SIGINT), process.stdout
    assert not project.proofs.exists()
    assert not list(project.root.rglob("*.part"))
    project.write(RECEIPT, PROGRAM)
    assert project.prove().returncode == 0


def test_two_runs_at_once(project: Project) -> None:
    """The second run of an interpreter in one folder is sent away."""
    holder = (
        "import sys; from filelock import FileLock\n"
        f"with FileLock('build/{INTERPRETER}.lock'):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder],
        cwd=project.root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        (project.root / "build").mkdir(exist_ok=True)
        assert first.stdout.readline() == "held\n"
        end = project.prove()
        first.stdin.close()
    assert end.returncode == 3
    assert f"build/{INTERPRETER}.lock:1: another run" in end.stdout


BAD_TOML = {
    "unknown key": ("[receipt]\nends = 1\n", "examples.toml:2: unknown key 'ends'"),
    "unknown example": ("[bill]\nexit = 1\n", "examples.toml:1: there is no example"),
    "bad versions": (
        '[receipt]\npython = "new"\n',
        "examples.toml:2: 'new' is no range",
    ),
    "bad command": (
        '[receipt]\ncommand = "rm"\n',
        "examples.toml:2: 'rm' cannot be run",
    ),
    "no TOML": ("[receipt\n", "examples.toml:1: not TOML"),
}


@pytest.mark.parametrize("name", BAD_TOML)
def test_bad_examples_toml(name: str, project: Project) -> None:
    """What examples.toml says in vain is one message, for both commands."""
    text, message = BAD_TOML[name]
    project.write("snippets/till/print/examples.toml", text)
    assert message in project.record().stdout
    end = project.prove()
    assert message in end.stdout
    assert end.returncode != 0


def test_name_that_hides_a_module(project: Project) -> None:
    """A snippet called select.py would break its neighbours."""
    project.write("snippets/till/print/select.py", "print(1)\n")
    assert "select.py:1: a file of this name hides" in project.record().stdout


def test_exercise_without_tests(project: Project) -> None:
    """An exercise needs its three files."""
    project.write("snippets/till/print/exercise/starter.py", "")
    message = "exercise/test_exercise.py:1: this file is missing"
    assert message in project.record().stdout


def test_any_order_is_an_invariant(project: Project) -> None:
    """Lines may come in any order, where that is declared; no line may change."""
    project.write("snippets/till/print/examples.toml", "[receipt]\nany_order = true\n")
    shuffled = (
        'import random\nrows = ["a", "b"]\nrandom.shuffle(rows)\n'
        'print(*rows, sep="\\n")\n'
    )
    project.write(RECEIPT, shuffled)
    project.record()
    assert project.prove().returncode == 0
    project.write(RECEIPT, shuffled.replace('"b"', 'random.choice("bc")'))
    assert project.prove().returncode == 1


BLOCKS = {
    "raises": ("print(1)\n#> 1\nint('x')", 6, "raised ValueError"),
    "wrong output": ("print(1)\n#> 2", 5, "the page says '2', the run printed '1'"),
    "no output": ("print(1)", 3, "0 lines of output on the page, 1 printed"),
    "loop": ("for n in (1, 2):\n    print(n)\n#> 1\n#> 2", 5, "a print inside a loop"),
    "unreachable": ("if False:\n    print(1)\n    #> 1", 5, "a print inside a loop"),
    "thread": (
        "from threading import Thread\nt = Thread(target=print, args=(1,))\n"
        "t.start()\nt.join()\n#> 2",
        8,
        "the page says '2'",
    ),
    "too long": ("x = 1\n" * 13, 3, "a block of 13 lines"),
    "syntax": ("print(", 4, "mend it"),
    "leaves a file": ("open('a', 'w').close()", 3, "left a behind"),
}


@pytest.fixture(scope="module")
def blocks(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One session over a page for each bad block; all it printed."""
    project = Project(tmp_path_factory.mktemp("blocks"))
    project.record()
    for name, (text, _, _) in BLOCKS.items():
        page = f"# A\n\n```python\n{text}\n```\n"
        project.write(f"docs/{name.replace(' ', '-')}.md", page)
    project.write("docs/unknown.md", "# A\n\n```perl\nprint 1\n```\n")
    end = project.prove()
    assert end.returncode == 1
    return end.stdout


@pytest.mark.xdist_group("blocks")
@pytest.mark.parametrize("name", BLOCKS)
def test_bad_block(name: str, blocks: str) -> None:
    """A block that `#>` cannot prove is refused, by page and line."""
    _, line, message = BLOCKS[name]
    rows = [
        row for row in blocks.splitlines() if f"{name.replace(' ', '-')}.md:" in row
    ]
    assert any(f".md:{line}: " in row and message in row for row in rows), rows


@pytest.mark.xdist_group("blocks")
def test_unknown_fence(blocks: str) -> None:
    """A language without a check is refused."""
    assert "docs/unknown.md:3: unknown fence 'perl'" in blocks


def test_noxfile_starts_nox() -> None:
    """Also with a Python that has nox already, where it used to do nothing."""
    end = subprocess.run(
        [sys.executable, "noxfile.py", "-l"], cwd=ROOT, capture_output=True, text=True
    )
    assert end.returncode == 0, end.stderr
    assert "serve -> Prove what changed, build, serve" in end.stdout
