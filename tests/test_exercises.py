"""What fails an exercise's tests has to fail them for the right reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from proving.examples import TEST_COMMAND, Example
from proving.running import Runner
from small_project import Project

TESTS = """\
import pytest

from exercise import total


def test_no_line():
    assert total([]) == 0


def test_one_line():
    assert total([1250]) == 1250


def test_two_lines():
    assert total([1250, 1200]) == 2450


def test_free_books_are_refused():
    with pytest.raises(LookupError):
        total([0])
"""
RIGHT = """\
def total(cents):
    if 0 in cents:
        raise LookupError("no price")
    return sum(cents)
"""
FIRST_ONLY = RIGHT.replace("sum(cents)", "cents[0] if cents else 0")
TOO_STRICT = RIGHT.replace("0 in cents", "0 in cents or len(cents) > 1")


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """A runner for all tests of this module."""
    made = Runner(warm_after=0)
    yield made
    made.close()


def problems(
    runner: Runner, folder: Path, source: str, role: str, tests: str = TESTS
) -> str:
    """What is said of this program as an attempt at the exercise above."""
    paths = {"exercise.py": folder / "try.py", "test_exercise.py": folder / "tests.py"}
    for path, text in zip(paths.values(), (source, tests), strict=True):
        path.write_text(text, "utf-8")
    example = Example("try", paths, TEST_COMMAND, folder / "try.out", exit=1, role=role)
    return "\n".join(runner.run(example).problems)


@pytest.mark.parametrize("role", ["starter", "wrong"])
@pytest.mark.parametrize("source", [FIRST_ONLY, TOO_STRICT])
def test_right_reason(role: str, source: str, runner: Runner, tmp_path: Path) -> None:
    """A failed assertion, or an exception that the tests speak of."""
    assert problems(runner, tmp_path, source, role) == ""


WRONG_REASON = {
    "right": (RIGHT, "try.py:1: the tests let it pass"),
    "slip": (
        RIGHT.replace("sum(cents)", "0 if not cents else sum(cent)"),
        "try.py:4: it fails by NameError, not by an assertion",
    ),
    "slip on the way": (
        RIGHT.replace("return sum(cents)", "return sum(cents, '' if cents else 0)"),
        "try.py:4: it fails by TypeError",
    ),
    "no such name": ("def sum_of(cents): ...\n", "do not even start: ImportError"),
    "no such module": (f"import tills\n{RIGHT}", "start: ModuleNotFoundError"),
    "syntax": ("def total(cents)\n", "do not even start: SyntaxError"),
    "leaves": ("raise SystemExit(0)\n", "try.py:1: its tests do not even start"),
}


@pytest.mark.parametrize("role", ["starter", "wrong"])
@pytest.mark.parametrize("name", WRONG_REASON)
def test_wrong_reason(name: str, role: str, runner: Runner, tmp_path: Path) -> None:
    """Everything else that ends in a red report proves nothing."""
    source, message = WRONG_REASON[name]
    assert message in problems(runner, tmp_path, source, role)


def test_error_is_no_failure(runner: Runner, tmp_path: Path) -> None:
    """A fixture that breaks has tested nothing."""
    tests = TESTS.replace("two_lines()", "two_lines(lines)")
    tests += "\n\n@pytest.fixture\ndef lines():\n    return total([])\n"
    source = FIRST_ONLY.replace("else 0", "else 1 / 0")
    found = problems(runner, tmp_path, source, "starter", tests)
    assert "try.py:1: a test ends in an error before it can fail" in found


def test_all_wrong(runner: Runner, tmp_path: Path) -> None:
    """A starter may fail every test; a wrong solution gets something right."""
    nothing = "def total(cents): ...\n"
    assert problems(runner, tmp_path, nothing, "starter") == ""
    found = problems(runner, tmp_path, nothing, "wrong")
    assert "try.py:1: it fails every test" in found


EXERCISE = "snippets/till/print/exercise"


@pytest.fixture
def with_exercise(tmp_path: Path) -> Project:
    """A project with a sound exercise."""
    project = Project(tmp_path)
    project.write(f"{EXERCISE}/starter.py", "def total(cents): ...\n")
    project.write(f"{EXERCISE}/solution.py", RIGHT)
    project.write(f"{EXERCISE}/test_exercise.py", TESTS)
    project.write(f"{EXERCISE}/wrong/first_only.py", FIRST_ONLY)
    project.write(f"{EXERCISE}/wrong/too_strict.py", TOO_STRICT)
    page = "# Till\n\n/// example | till/print/receipt.py\n///\n"
    block = "\n/// exercise | till/print/exercise\n///\n"
    project.write("docs/till/print.md", page + block)
    return project


def test_each_attempt_is_run(with_exercise: Project) -> None:
    """Starter, solution and both mistakes are examples, recorded and proven."""
    end = with_exercise.record()
    assert "5 of 5 examples recorded" in end.stdout
    report = with_exercise.root / EXERCISE / "wrong" / "first_only.out"
    assert "FAILED test_exercise.py::test_two_lines" in report.read_text("utf-8")
    assert with_exercise.prove().returncode == 0
    assert f"{EXERCISE}/wrong/first_only.py" in with_exercise.proofs.read_text("utf-8")


def test_mended_mistake_is_red(with_exercise: Project) -> None:
    """A wrong solution that the tests let pass gives no proofs."""
    with_exercise.write(f"{EXERCISE}/wrong/first_only.py", RIGHT)
    message = f"{EXERCISE}/wrong/first_only.py:1: the tests let it pass"
    assert message in with_exercise.record().stdout
    assert message in with_exercise.prove().stdout
    assert not with_exercise.proofs.exists()


def test_two_mistakes_at_least(with_exercise: Project) -> None:
    """An exercise with one wrong solution is one message, for both commands."""
    (with_exercise.root / EXERCISE / "wrong" / "too_strict.py").unlink()
    message = (
        f"{EXERCISE}/test_exercise.py:1: tests have to catch at least 2 wrong "
        "solutions, and here is 1"
    )
    assert message in with_exercise.record().stdout
    end = with_exercise.prove()
    assert message in end.stdout
    assert end.returncode != 0
