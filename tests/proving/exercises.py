"""Does what must fail an exercise's tests fail them for the right reason?

The tests run on the starter and on each wrong solution. Both have to fail by
an assertion, or by an exception the tests speak of; a slip of the pen or a
module that is not there would fail them as well, and would prove nothing.
"""

import re
from collections.abc import Iterator

from proving.examples import Example
from proving.layout import relative

COUNT = re.compile(r"(\d+) (passed|failed|error)")
CRASH = re.compile(r"^(?P<path>\S+\.py):(?P<line>\d+): (?P<what>[\w.]+)", re.MULTILINE)
ASSERTIONS = ("assert", "AssertionError", "Failed")


def wrong_failure(example: Example, status: int | None, report: str) -> Iterator[str]:
    """What is wrong with the way it failed; ``report`` is pytest's."""
    here = f"{relative(example.files['exercise.py'])}:1"
    if status == 0:
        yield f"{here}: the tests let it pass; add a test that fails on it"
    elif status == 1:
        yield from wrong_counts(example, here, report)
        yield from wrong_reasons(example, report)
    elif status is not None:
        said = [row for row in report.splitlines() if row.startswith("E ")]
        why = said[-1].removeprefix("E").strip() if said else f"exit status {status}"
        yield f"{here}: its tests do not even start: {why}; mend it"


def wrong_counts(example: Example, here: str, report: str) -> Iterator[str]:
    """An error is no failure; a wrong solution gets something right."""
    last_line = report.rstrip().rpartition("\n")[2]
    counts = {what for _, what in COUNT.findall(last_line)}
    if "error" in counts:
        yield f"{here}: a test ends in an error before it can fail; mend it"
    if example.role == "wrong" and "passed" not in counts:
        yield (
            f"{here}: it fails every test, so they do not single out its mistake; "
            "get something else right"
        )


def wrong_reasons(example: Example, report: str) -> Iterator[str]:
    """Failures by an exception that no test speaks of."""
    tests = example.files["test_exercise.py"].read_text("utf-8")
    for crash in CRASH.finditer(report):
        what = crash["what"].rpartition(".")[2]
        if what in ASSERTIONS or re.search(rf"\b{what}\b", tests):
            continue
        name = crash["path"].rpartition("/")[2]
        own = example.files.get(name, example.files["exercise.py"])
        line = crash["line"] if name in example.files else 1
        yield (
            f"{relative(own)}:{line}: it fails by {what}, not by an assertion; "
            f"mend it, or speak of {what} in the tests"
        )
