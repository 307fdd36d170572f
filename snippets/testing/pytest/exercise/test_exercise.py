"""Checks the tests in exercise.py, by running them with pytest."""

import sys
import unittest
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

CONFIG = """
[pytest]
strict = true
markers = ["refusal: bad input raises an error"]
"""
EXERCISE = Path(__file__).with_name("exercise.py")
RULES = ["test_refusal", "test_total"]
CASES = 4  # of each rule, at least


class Suite:
    """One run of exercise.py, watched by this object as a plugin."""

    def __init__(self, bug: dict[str, Callable]) -> None:
        self.bug = bug
        self.items: list[pytest.Function] = []
        self.errors: list[str] = []
        self.failed: list[str] = []

    def pytest_collectreport(self, report: pytest.CollectReport):
        if report.failed:
            self.errors.append(str(report.longrepr))

    def pytest_collection_finish(self, session: pytest.Session):
        self.items = list(session.items)
        if self.items:
            self.cart = sys.modules["exercise"].Cart
            for name, method in self.bug.items():
                setattr(self.cart, name, method)

    def pytest_runtest_logreport(self, report: pytest.TestReport):
        if report.failed:
            self.failed.append(f"{report.when} of {report.nodeid}")

    def cases(self) -> Counter[str]:
        """How many cases each test function has."""
        return Counter(item.originalname for item in self.items)


def run(
    folder: Path, *options: str, bug: dict[str, Callable] | None = None
) -> Suite:
    """Run exercise.py in strict mode, imported afresh."""
    config = folder / "pytest.toml"
    config.write_text(CONFIG, encoding="utf-8")
    quiet = ["-s", "-p", "no:terminal", "-p", "no:cacheprovider"]
    sys.modules.pop("exercise", None)
    suite = Suite(bug or {})
    pytest.main(
        [f"-c={config}", *quiet, *options, str(EXERCISE)], [suite]
    )
    return suite


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    return run(tmp_path_factory.mktemp("suite"))


def test_green_in_strict_mode(suite: Suite) -> None:
    assert suite.errors == []
    assert suite.items, "pytest collected nothing"
    assert suite.failed == []
    assert suite.cart.open_carts == 0, "a cart was left open"


def test_no_unittest_class_is_left(suite: Suite) -> None:
    classes = {item.cls for item in suite.items if item.cls}
    left = [c for c in classes if issubclass(c, unittest.TestCase)]
    assert left == []


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_is_one_table(suite: Suite, rule: str) -> None:
    found = suite.cases()[rule]
    assert found >= CASES, f"{rule} has too few cases: {found}"


@pytest.mark.parametrize("rule", RULES)
def test_each_case_asks_for_the_cart(suite: Suite, rule: str) -> None:
    items = [i for i in suite.items if i.originalname == rule]
    assert items, f"there is no {rule}"
    assert all("cart" in item.fixturenames for item in items)


def test_the_mark_selects_the_refusals(
    suite: Suite, tmp_path: Path
) -> None:
    marked = run(tmp_path, "-m", "refusal").cases()
    refusals = suite.cases()["test_refusal"]
    assert marked == {"test_refusal": refusals}, (
        "-m refusal selects the cases of test_refusal and no others"
    )


def bad_add(
    lowest_price: float = 0,
    lowest_quantity: int = 1,
    words: tuple[str, str] = ("price", "quantity"),
) -> Callable:
    """A method `add` with other limits, or other messages."""

    def add(cart, title: str, price_cents: int, quantity: int = 1):
        if price_cents < lowest_price:
            raise ValueError(f"{words[0]} of {title!r} is negative")
        if quantity < lowest_quantity:
            raise ValueError(f"{words[1]} of {title!r} is below 1")
        cart.lines.append((title, price_cents, quantity))

    return add


BUGS = {
    "quantity ignored": {
        "total": lambda cart: sum(price for _, price, _ in cart.lines)
    },
    "first line lost": {
        "total": lambda cart: sum(p * n for _, p, n in cart.lines[1:])
    },
    "negative price accepted": {"add": bad_add(float("-inf"))},
    "free book refused": {"add": bad_add(lowest_price=1)},
    "quantity zero accepted": {"add": bad_add(lowest_quantity=0)},
    "messages swapped": {"add": bad_add(words=("quantity", "price"))},
}


@pytest.mark.parametrize("bug", BUGS)
def test_planted_bug_is_caught(tmp_path: Path, bug: str) -> None:
    suite = run(tmp_path, bug=BUGS[bug])
    caught = suite.failed
    assert caught, f"no test fails with this bug: {bug}"
    assert suite.cart.open_carts == 0, (
        "a failing test left its cart open"
    )
