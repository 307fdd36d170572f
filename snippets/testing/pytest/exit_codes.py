import contextlib
import io
import tempfile
from pathlib import Path

import pytest

FILES = {
    "green/test_green.py": "def test_sum(): assert 1850 + 999 == 2849",
    "red/test_red.py": "def test_sum(): assert 1850 + 999 == 2850",
    "broken/test_broken.py": "import a_module_that_is_not_there",
    "hook/test_hook.py": "def test_sum(): assert True",
    "hook/conftest.py": "def pytest_collection_finish(): 1 / 0",
    "empty/test_empty.py": "def area_of_a_square(): assert True",
}
CASES = ["green", "red", "broken", "hook", "--no-such-option", "empty"]


def exit_code(argument: str) -> pytest.ExitCode:
    """Run pytest in this process, in silence."""
    quiet = ["-p", "no:terminal", "-p", "no:cacheprovider"]
    with contextlib.redirect_stderr(io.StringIO()):
        return pytest.ExitCode(pytest.main([*quiet, argument]))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in FILES.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for case in CASES:
            is_option = case.startswith("--")
            code = exit_code(case if is_option else f"{folder}/{case}")
            print(f"{case:16} {code.value} {code.name}")


if __name__ == "__main__":
    main()
