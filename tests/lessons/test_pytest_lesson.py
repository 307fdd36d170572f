"""The claims of docs/testing/pytest.md, one test each."""

import contextlib
import re
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

HERE = "testing/pytest"
SNIPPETS = Path(__file__).parents[2] / "snippets" / HERE
# Neither a folder for the cache, nor the plugin that another lesson is about.
NO_PLUGIN = ("-p", "no:cacheprovider", "-p", "no:asyncio")
Run = Callable[..., SimpleNamespace]
Output = Callable[[str], str]


class Watch:
    """A plugin that notes what pytest collects, runs and warns of."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.deselected: list[str] = []
        self.errors: list[str] = []
        self.outcomes: dict[str, str] = {}
        self.details: dict[str, str] = {}
        self.warnings: list[str] = []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.errors.append(str(report.longrepr))

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        self.deselected += [item.name for item in items]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.ids = [item.name for item in session.items]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = report.nodeid.rpartition("::")[2]
        if report.when == "call" or report.outcome != "passed":
            self.outcomes[name] = report.outcome
            self.details[name] = str(report.longrepr)

    def pytest_warning_recorded(self, warning_message: object) -> None:
        self.warnings.append(str(warning_message.message))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """``run(text, *options)``: pytest in this process, on files of its own.

    ``text`` is the text of ``test_it.py``, or a dictionary of names and texts.
    """
    runs = 0

    def start(
        text: str | dict[str, str],
        *options: str,
        config: str = "",
        config_file: str = "pytest.toml",
        plugin: object = None,
    ) -> SimpleNamespace:
        nonlocal runs
        runs += 1
        folder = tmp_path / f"run{runs}"
        files = {config_file: f"[pytest]\n{config}"}
        files |= {"test_it.py": text} if isinstance(text, str) else text
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
        words = [f"-c={folder / config_file}", "-p", "no:terminal"]
        words += [*NO_PLUGIN, *options]
        if not any("test_it.py::" in option for option in options):
            words.append(str(folder))
        words = [re.sub("^test_it.py::", f"{folder}/test_it.py::", w) for w in words]
        watch = Watch()
        with untouched(tmp_path), warnings.catch_warnings():
            warnings.simplefilter("default")
            code = pytest.main(words, [watch, *([plugin] if plugin else [])])
        return SimpleNamespace(code=int(code), **vars(watch))

    return start


@contextlib.contextmanager
def untouched(folder: Path) -> Iterator[None]:
    """Forget the modules that were imported from the folder."""
    path, modules = sys.path.copy(), sys.modules.copy()
    try:
        yield
    finally:
        sys.path[:] = path
        for name, module in list(sys.modules.items()):
            if str(getattr(module, "__file__", "")).startswith(str(folder)):
                del sys.modules[name]
                if name in modules:
                    sys.modules[name] = modules[name]


def reported(
    folder: Path, text: str, *options: str
) -> subprocess.CompletedProcess[str]:
    """pytest in a process of its own, with its report, on ``test_it.py``."""
    (folder / "test_it.py").write_text(text, "utf-8")
    (folder / "pytest.toml").write_text("[pytest]\n", "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", *NO_PLUGIN, *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def text_of(name: str) -> str:
    """A snippet's text."""
    return (SNIPPETS / name).read_text("utf-8")


def results(output: str) -> dict[str, str]:
    """The lines of a verbose report: the test's name, and how it ended."""
    lines = re.findall(r"::(\S+) (PASSED|FAILED|SKIPPED)", output)
    return {name.rpartition("::")[2]: outcome for name, outcome in lines}


# A failed assert says too little


def test_a_bare_assert_names_the_line_and_no_value(output: Output) -> None:
    lines = output(f"{HERE}/bare_assert").splitlines()
    assert lines[-1] == "AssertionError"
    assert "['Night Trains', 'Salt Roads']" not in "\n".join(lines)


# Let pytest run the checks


def test_the_report_shows_both_sides_and_the_first_difference(output: Output) -> None:
    report = output(f"{HERE}/plain_assert_report")
    assert report.startswith(".F")
    assert "assert ['Night Trains', 'Salt Roads'] == ['Salt Roads'" in report
    assert "At index 0 diff: 'Night Trains' != 'Salt Roads'" in report
    assert "1 failed, 1 passed" in report


def test_three_checks_are_never_collected(output: Output) -> None:
    assert results(output(f"{HERE}/what_is_collected")) == {
        "test_width_is_kept": "PASSED",
        "test_area_of_a_label": "PASSED",
        "test_no_width": "PASSED",
    }
    text = text_of("what_is_collected/test_label.py")
    assert "def area_of_a_square" in text and "class EmptyLabelTests" in text


COLLECTED = """
import unittest

class TestOne:
    def test_method(self): pass
    def other_method(self): raise AssertionError

class TestWithInit:
    def __init__(self): pass
    def test_lost(self): raise AssertionError

class AnyName(unittest.TestCase):
    def test_of_unittest(self): pass

def testing_without_underscore(): pass
"""


def test_the_rules_of_discovery(run: Run) -> None:
    """Prefixes, `__init__`, and a TestCase of any name."""
    seen = run(
        {"deep/down/test_it.py": COLLECTED, "other.py": "def test_lost(): 1 / 0"}
    )
    assert seen.ids == ["test_method", "test_of_unittest", "testing_without_underscore"]
    assert "__init__" in "".join(seen.warnings)


def test_a_file_of_any_name_is_collected_when_named(output: Output) -> None:
    """The examples with a file in their command are such files."""
    assert "1 failed, 1 passed" in output(f"{HERE}/plain_assert_report")
    assert not re.match(r"test_.*|.*_test\.py", "plain_assert_report.py")


def test_exit_codes_0_to_5(output: Output) -> None:
    lines = output(f"{HERE}/exit_codes").splitlines()
    assert [line.split()[1] for line in lines] == list("012345")
    assert lines[-1].split() == ["empty", "5", "NO_TESTS_COLLECTED"]


def test_exit_code_0_with_only_skips_and_expected_failures(run: Run) -> None:
    seen = run(
        "import pytest\n"
        "@pytest.mark.skip(reason='later')\ndef test_a(): 1 / 0\n"
        "@pytest.mark.xfail\ndef test_b(): 1 / 0\n"
    )
    assert (seen.code, set(seen.outcomes.values())) == (0, {"skipped"})


def test_a_keyboard_interrupt_is_code_2(run: Run) -> None:
    assert run("def test_it(): raise KeyboardInterrupt").code == 2


def test_a_missing_file_is_code_4(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("", "no_such_file_anywhere.py").code == 4
    assert "no_such_file_anywhere.py" in capsys.readouterr().err


def test_a_filter_that_fits_no_test_is_code_5(run: Run) -> None:
    seen = run("def test_it(): pass", "-k", "nowhere")
    assert (seen.code, seen.deselected) == (5, ["test_it"])


def test_code_6_stands_for_too_many_warnings(tmp_path: Path) -> None:
    warns = "import warnings\ndef test_it(): warnings.warn('old')"
    assert reported(tmp_path, warns, "--max-warnings=0").returncode == 6
    assert reported(tmp_path, warns, "--max-warnings=1").returncode == 0


# Test one rule with many cases


def test_one_case_fails_and_the_others_run(output: Output) -> None:
    report = output(f"{HERE}/cases_table")
    assert report.startswith(".....F")
    assert "test_discount[second step]" in report
    assert "1 failed, 5 passed" in report


def test_the_failing_case_can_be_run_alone(run: Run) -> None:
    """And with `>=` all six pass."""
    text = text_of("cases_table.py")
    seen = run(text, "test_it.py::test_discount[second step]")
    assert seen.outcomes == {"test_discount[second step]": "failed"}
    mended = run(text.replace("total_cents > 10_000", "total_cents >= 10_000"))
    assert (mended.code, len(mended.outcomes)) == (0, 6)


def test_ids_made_from_the_values(run: Run) -> None:
    seen = run(
        "import pytest\n"
        "@pytest.mark.parametrize(('total', 'expected'), [(0, 0), (4999, 0)])\n"
        "def test_it(total, expected): pass"
    )
    assert seen.ids == ["test_it[0-0]", "test_it[4999-0]"]


def test_the_errors_of_the_example_are_as_expected(output: Output) -> None:
    assert set(results(output(f"{HERE}/raises_with_match")).values()) == {"PASSED"}


def test_raises_fails_when_nothing_or_another_message_comes() -> None:
    nothing = pytest.raises(pytest.fail.Exception, match="DID NOT RAISE")
    with nothing, pytest.raises(ValueError):
        int("1")
    another = pytest.raises(AssertionError, match="Regex pattern did not match")
    with another, pytest.raises(ValueError, match=r"^price of"):
        raise ValueError("the price of")


def test_match_is_searched_and_a_dot_is_any_character() -> None:
    with pytest.raises(ValueError, match=r"amara.example"):
        raise ValueError("no @ in 'amara-example' here")
    with pytest.raises(AssertionError), pytest.raises(ValueError, match=r"amara\.ex"):
        raise ValueError("no @ in 'amara-example' here")
    assert re.escape("a.b") == r"a\.b"


def test_lines_after_the_one_that_raises_never_run() -> None:
    reached = []
    with pytest.raises(ValueError):
        reached.append(int("no number"))
        reached.append("never")
    assert reached == []


def test_raises_group_wants_exactly_these_errors_in_any_order() -> None:
    group = ExceptionGroup("two", [ValueError("amara"), ValueError("bilal")])
    amara = pytest.RaisesExc(ValueError, match="amara")
    bilal = pytest.RaisesExc(ValueError, match="bilal")
    with pytest.RaisesGroup(bilal, amara):
        raise group
    with pytest.raises(pytest.fail.Exception), pytest.RaisesGroup(amara):
        raise group
    with pytest.raises(ExceptionGroup), pytest.raises(ValueError):
        raise group


def test_approx_rules_hold(output: Output) -> None:
    assert len(results(output(f"{HERE}/approx_rules"))) == 5
    shares = {"Amara": 0.1 + 0.2}
    assert shares == pytest.approx({"Amara": 0.3})


@pytest.mark.parametrize(
    ("expected", "tolerance"), [(1.0, 1e-6), (1e6, 1.0), (1e-9, 1e-12), (0.0, 1e-12)]
)
def test_tolerance_is_relative_1e_6_and_at_least_1e_12(
    expected: float, tolerance: float
) -> None:
    assert expected + tolerance * 0.99 == pytest.approx(expected)
    assert expected + tolerance * 1.01 != pytest.approx(expected)


def test_approx_cannot_be_ordered() -> None:
    total = 1.0
    for compare in (
        lambda: total < pytest.approx(2.0),
        lambda: total > pytest.approx(2.0),
        lambda: pytest.approx(2.0) < total,
        lambda: total <= pytest.approx(2.0),
    ):
        with pytest.raises(TypeError):
            compare()


def test_subtests_go_on_after_a_failure(output: Output) -> None:
    report = output(f"{HERE}/subtests_of_one_order")
    assert report.startswith("uuuF")
    assert "[Salt Roads] (quantity=4)" in report
    assert "2 failed, 2 subtests passed" in report


def test_subtests_are_one_item_that_cannot_be_chosen_by_its_parts(run: Run) -> None:
    text = text_of("subtests_of_one_order.py")
    assert run(text).ids == ["test_every_line_can_be_sent"]
    assert run(text, "-k", "Roads").code == 5


# Build what a test needs with fixtures


def test_set_up_in_order_and_tear_down_last_in_first_out(output: Output) -> None:
    """Also after a failed test, and with a new till for each test."""
    lines = [
        line.lstrip(".F").strip()
        for line in output(f"{HERE}/yield_fixture_order").splitlines()
    ]
    start = ["open the shop", "open a till, stock {'Night Trains': 1}"]
    first = [*start, "sell one book", "close the till, 1 receipt(s)", "close the shop"]
    second = [
        *start,
        "the test fails",
        "close the till, 0 receipt(s)",
        "close the shop",
    ]
    assert [line for line in lines if line][:10] == first + second
    assert lines[-1].startswith("1 failed, 1 passed")


def test_a_fixture_yields_once(run: Run) -> None:
    seen = run(
        "import pytest\n@pytest.fixture\ndef twice():\n    yield 1\n    yield 2\n"
        "def test_it(twice): pass"
    )
    assert "more than one 'yield'" in seen.details["test_it"]


def test_output_is_shown_only_for_tests_that_fail(tmp_path: Path) -> None:
    """And with -s for all."""
    text = (
        "def test_a(): print('said' + ' by a')\n"
        "def test_b(): print('said' + ' by b'); assert 0\n"
    )
    kept = reported(tmp_path, text).stdout
    assert "said by b" in kept
    assert "said by a" not in kept
    assert "said by a" in reported(tmp_path, text, "-s").stdout


def test_one_catalogue_for_two_baskets(output: Output) -> None:
    setup = output(f"{HERE}/fixture_scopes")
    counts = Counter(re.findall(r"(?:SETUP|TEARDOWN) +\w \w+", setup))
    assert counts == {
        "SETUP    M catalogue": 1,
        "SETUP    F basket": 2,
        "TEARDOWN F basket": 2,
        "TEARDOWN M catalogue": 1,
    }


def test_the_scopes_are_these_five(run: Run) -> None:
    scopes = ["function", "class", "module", "package", "session"]
    text = "import pytest\n" + "".join(
        f"@pytest.fixture(scope='{scope}')\ndef {scope}_wide(): return 1\n"
        f"def test_{scope}({scope}_wide): pass\n"
        for scope in scopes
    )
    assert len(run(text).ids) == len(scopes)
    assert run(text.replace("'package'", "'planet'")).code == 2


def test_a_wide_fixture_cannot_ask_for_a_narrow_one(run: Run) -> None:
    text = text_of("fixture_scopes.py").replace(
        "def catalogue()", "def catalogue(basket)"
    )
    text = text.replace("def basket(catalogue: str)", "def basket()")
    text = text.replace(" from {catalogue}", "")
    seen = run(text)
    assert set(seen.outcomes.values()) == {"failed"}
    assert "ScopeMismatch" in seen.details["test_bilal"]


def test_a_change_to_a_wide_fixture_is_seen_by_the_next_test(run: Run) -> None:
    text = (
        "import pytest\n@pytest.fixture(scope='module')\ndef shelf(): return []\n"
        "def test_a(shelf): shelf.append(1)\ndef test_b(shelf): assert shelf == []\n"
    )
    assert run(text).outcomes == {"test_a": "passed", "test_b": "failed"}
    narrow = run(text.replace("(scope='module')", ""))
    assert narrow.outcomes == {"test_a": "passed", "test_b": "passed"}


def test_autouse_starts_every_test_empty(output: Output) -> None:
    assert (
        list(results(output(f"{HERE}/autouse_clean_basket")).values()) == ["PASSED"] * 3
    )


def test_without_autouse_the_second_and_third_test_fail(run: Run) -> None:
    seen = run(text_of("autouse_clean_basket.py").replace("(autouse=True)", ""))
    assert list(seen.outcomes.values()) == ["passed", "failed", "failed"]


def test_the_session_fixture_is_built_once_for_both_files(output: Output) -> None:
    setup = output(f"{HERE}/shared_fixture")
    assert setup.count("SETUP    S catalogue") == 1
    assert "test_prices.py" in setup and "test_totals.py" in setup


def test_conftest_reaches_down_and_the_nearest_fixture_wins(run: Run) -> None:
    fixture = "import pytest\n@pytest.fixture\ndef place(): return '{}'\n"
    ask = "def test_it(place): assert place == '{}'\n"
    seen = run(
        {
            "conftest.py": fixture.format("above"),
            "deep/test_down.py": ask.format("above"),
            "deep/test_near.py": fixture.format("here") + ask.format("here"),
        }
    )
    assert (seen.code, len(seen.ids)) == (0, 2)
    sideways = {"deep/conftest.py": fixture, "test_up.py": ask}
    assert "fixture 'place' not found" in run(sideways).details["test_it"]


# Choose, skip and be strict


def test_mark_and_name_choose_one_of_three(output: Output) -> None:
    report = output(f"{HERE}/choose_tests")
    assert results(report) == {"test_refuses_a_negative_price": "PASSED"}
    assert "1 passed, 2 deselected" in report


@pytest.mark.parametrize(
    ("options", "chosen"),
    [
        (["-m", "refusal"], ["negative_price", "quantity_of_zero"]),
        (["-m", "not refusal"], ["line"]),
        (["-k", "line or zero"], ["line", "quantity_of_zero"]),
        (["-k", "refuses and price"], ["negative_price"]),
    ],
    ids=["marked", "not marked", "or", "and"],
)
def test_and_or_not_choose(run: Run, options: list[str], chosen: list[str]) -> None:
    config = text_of("choose_tests/pytest.toml").removeprefix("[pytest]\n")
    seen = run(text_of("choose_tests/test_cart.py"), *options, config=config)
    assert seen.code == 0
    assert [name.split("_a_")[-1].split("adds_")[-1] for name in seen.ids] == chosen


def test_pyproject_takes_the_same_keys(run: Run) -> None:
    toml = text_of("choose_tests/pytest.toml").replace("[pytest]", "[tool.pytest]")
    files = {
        "pyproject.toml": toml,
        "test_it.py": text_of("choose_tests/test_cart.py"),
    }
    seen = run(files, "-m", "refusal", config_file="pyproject.toml")
    assert (seen.code, len(seen.ids), seen.warnings) == (0, 2, [])
    files["test_it.py"] = text_of("strict_marks/test_email.py")
    assert run(files, config_file="pyproject.toml").code == 2


def test_a_mistyped_mark_stops_the_run_when_strict(output: Output) -> None:
    report = output(f"{HERE}/strict_marks")
    assert "'refusla' not found in `markers`" in report
    assert "passed" not in report


def test_a_mistyped_mark_only_warns_by_default(run: Run) -> None:
    """And `-m` leaves the test out."""
    markers = 'markers = ["refusal: bad input raises an error"]'
    text = text_of("strict_marks/test_email.py")
    assert "Unknown pytest.mark.refusla" in run(text, config=markers).warnings[0]
    seen = run(text, "-m", "refusal", config=markers)
    assert seen.deselected == ["test_refuses_an_email_without_at"]


STRICT = {
    "strict_markers": ("@pytest.mark.typo\ndef test_it(): pass", "", 2),
    "strict_config": ("def test_it(): pass", "markrs = []", 4),
    "strict_parametrization_ids": (
        "@pytest.mark.parametrize('n', [1, 2], ids=['a', 'a'])\ndef test_it(n): pass",
        "",
        2,
    ),
    "strict_xfail": ("@pytest.mark.xfail\ndef test_it(): pass", "", 1),
}


@pytest.mark.parametrize("option", STRICT)
def test_strict_switches_on_four_checks(run: Run, option: str) -> None:
    text, config, code = STRICT[option]
    text = f"import pytest\n{text}"
    assert run(text, config=config).code == 0
    assert run(text, config=f"strict = true\n{config}").code == code
    assert run(text, config=f"{option} = true\n{config}").code == code
    off = f"strict = true\n{option} = false\n{config}"
    assert run(text, config=off).code == 0


def test_skips_and_expected_failures(output: Output) -> None:
    report = output(f"{HERE}/expected_failures")
    assert report.startswith(".ssxF")
    assert "XFAIL expected_failures.py::test_closed_on_lower_case_sunday" in report
    assert "[XPASS(strict)] mended last week" in report


def test_without_strict_a_passing_xfail_stays_green(run: Run) -> None:
    seen = run("import pytest\n@pytest.mark.xfail\ndef test_it(): pass")
    assert (seen.code, seen.outcomes) == (0, {"test_it": "passed"})


def test_another_error_than_raises_names_is_no_expected_failure(run: Run) -> None:
    text = "import pytest\n@pytest.mark.xfail({})\ndef test_it(): 1 / 0"
    assert run(text.format("raises=AssertionError")).code == 1
    assert run(text.format("")).code == 0


# Pitfalls


def test_three_of_four_tests_that_are_no_tests_pass(output: Output) -> None:
    report = output(f"{HERE}/test_that_is_no_test")
    assert list(results(report).values()) == ["PASSED", "PASSED", "PASSED", "FAILED"]
    assert "async def functions are not natively supported" in report
    assert "1 failed, 3 passed, 1 warning" in report


def test_the_one_warning_is_about_the_returned_value(run: Run) -> None:
    (warning,) = run(text_of("test_that_is_no_test.py")).warnings
    assert "returned <class 'bool'>" in warning


def test_asserting_on_the_result_finds_the_bug(output: Output) -> None:
    report = output(f"{HERE}/assert_on_the_result")
    assert report.count("E   assert 4400 == 6250") == 2
    assert "2 failed" in report


def test_the_first_of_two_tests_with_one_name_is_lost(output: Output, run: Run) -> None:
    """And it would have failed."""
    assert "1 passed" in output(f"{HERE}/one_name_twice")
    text = text_of("one_name_twice.py")
    seen = run(text.replace("def test_total", "def test_first", 1))
    assert seen.outcomes == {"test_first": "failed", "test_total": "passed"}


def test_calling_a_fixture_is_an_error(output: Output) -> None:
    report = output(f"{HERE}/fixture_called_directly")
    assert 'Fixture "prices" called directly' in report
    assert "1 failed, 1 passed" in report


def test_a_yield_in_a_test_refuses_the_whole_file(run: Run) -> None:
    seen = run("def test_a(): yield\ndef test_b(): pass")
    assert (seen.code, seen.ids) == (2, [])
    assert "'yield' keyword is allowed in fixtures" in seen.errors[0]


# Under the hood


def test_an_assert_in_a_helper_shows_no_values(run: Run) -> None:
    """Unless it is registered for rewriting before its import."""
    files = {
        "price_helper.py": "def check(price): assert price == 1850",
        "test_it.py": "import price_helper\ndef test_it(): price_helper.check(999)",
    }
    assert "assert 999 == 1850" not in run(files).details["test_it"]
    register = "import pytest\npytest.register_assert_rewrite('price_helper')\n"
    files["test_it.py"] = register + files["test_it.py"]
    assert "assert 999 == 1850" in run(files).details["test_it"]


def test_fixtures_are_ordered_from_the_widest_scope_to_the_narrowest(run: Run) -> None:
    seen = run(
        "import pytest\norder = []\n"
        "@pytest.fixture\ndef narrow(): order.append('narrow')\n"
        "@pytest.fixture(scope='session')\ndef wide(): order.append('wide')\n"
        "def test_it(narrow, wide): assert order == ['wide', 'narrow']\n"
    )
    assert seen.outcomes == {"test_it": "passed"}


# Exercise


def test_the_suite_of_the_starter_misses_most_of_the_six_bugs(output: Output) -> None:
    report = output(f"{HERE}/exercise/starter")
    missed = set(re.findall(r"no test fails with this bug: (.+)", report))
    assert len(missed) == 4
    assert "13 passed" in output(f"{HERE}/exercise/solution")


WEAK = {
    "no tear-down": ("    yield cart\n    cart.close()", "    yield cart", "left open"),
    "mistyped mark": ("mark.refusal", "mark.refusla", "'refusla' not found"),
    "no mark": ("@pytest.mark.refusal\n", "", "-m refusal selects"),
    "no free book": ('[("Catalogue", 0, 1)], 0', "[], 0", "bug: free book refused"),
}


@pytest.mark.parametrize("weakness", WEAK)
def test_the_exercise_refuses_a_weak_suite(run: Run, weakness: str) -> None:
    old, new, message = WEAK[weakness]
    solution = text_of("exercise/solution.py")
    assert solution.count(old) == 1
    weak = solution.replace(old, new)
    checker = text_of("exercise/test_exercise.py")
    seen = run({"exercise.py": weak, "test_exercise.py": checker})
    assert seen.code == 1
    assert message in "".join(seen.details.values())
