"""Every Python block of the lessons, as pytest-examples finds it, is proven.

It is a whole file of an example, which the runner proves, or a short block
written in the page, which is run here. The other fences are validated.
"""

import ast
import contextlib
import io
import tempfile
import tomllib
from pathlib import Path

import pytest
from pytest_examples import EvalExample

from proving import pages, proofs
from proving.board import Board
from proving.examples import KEYS
from proving.layout import relative
from proving.pages import Block

LONGEST = 12  # lines of a block written in a page
MARK = "#>"

with tempfile.TemporaryDirectory() as folder:
    PYTHON = list(pages.python_blocks(Path(folder)))
OTHER = list(pages.other_blocks())


@pytest.mark.parametrize("block", PYTHON, ids=lambda block: block.where)
def test_python_block(
    block: Block,
    board: Board,
    eval_example: EvalExample,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The block is a proven file, or it runs and prints what it says."""
    if block.text in pages.whole_files(board.examples):
        return  # test_snippets.py runs it, and enters its proof
    cwd = tmp_path / "cwd"
    cwd.mkdir()
    monkeypatch.chdir(cwd)
    problem = unfit(block) or run(block)
    if problem:
        pytest.fail(problem, pytrace=False)
    eval_example.run_print_check(block.example)
    left = sorted(path.name for path in cwd.iterdir())
    assert not left, f"{block.where}: left {', '.join(left)} behind; make it a snippet"
    check = "run by pytest-examples, its output compared"
    board.rows.append(proofs.row_of_block("python", block.text, block.where, check))


def unfit(block: Block) -> str:
    """Why ``#>`` cannot say truly what this block prints; empty when it can.

    pytest-examples attributes output to print calls by where they stand, and
    is wrong wherever order of text and order of execution differ.
    """
    lines = block.text.splitlines()
    if len(lines) > LONGEST:
        return (
            f"{block.where}: a block of {len(lines)} lines written in the page "
            f"(at most {LONGEST}); make it a snippet"
        )
    try:
        tree = ast.parse(block.text)
    except SyntaxError as error:
        line = block.line + (error.lineno or 1)
        return f"{relative(block.page)}:{line}: {error.msg}; mend it"
    straight = {
        id(statement.value)
        for statement in tree.body
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or id(node) in straight:
            continue
        if getattr(node.func, "id", getattr(node.func, "attr", "")) == "print":
            return (
                f"{relative(block.page)}:{block.line + node.lineno}: a print inside "
                "a loop, function, branch or expression; its output cannot be "
                "checked here: make it a snippet"
            )
    return ""


def run(block: Block) -> str:
    """Run the block under the page's own line numbers; what went wrong, or ''."""
    printed = io.StringIO()
    try:
        code = compile("\n" * block.line + block.text, relative(block.page), "exec")
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            exec(code, {"__name__": "__main__"})
    except Exception as error:
        line = block.line
        frame = error.__traceback__
        while frame:
            if frame.tb_frame.f_code.co_filename == relative(block.page):
                line = frame.tb_lineno
            frame = frame.tb_next
        return (
            f"{relative(block.page)}:{line}: raised {type(error).__name__}: "
            f"{error}; mend it, or show the failure in a snippet"
        )
    return differs(block, printed.getvalue().splitlines())


def differs(block: Block, printed: list[str]) -> str:
    """Compare what was printed with the ``#>`` lines, in order."""
    promised = [
        (number, line.strip().removeprefix(MARK).removeprefix(" "))
        for number, line in enumerate(block.text.splitlines(), block.line + 1)
        if line.strip().startswith(MARK)
    ]
    for (number, text), real in zip(promised, printed, strict=False):
        if text != real:
            return (
                f"{relative(block.page)}:{number}: the page says {text!r}, "
                f"the run printed {real!r}; correct the page"
            )
    if len(promised) != len(printed):
        return (
            f"{block.where}: {len(promised)} lines of output on the page, "
            f"{len(printed)} printed; correct the {MARK} lines, or make it a snippet"
        )
    return ""


@pytest.mark.parametrize("block", OTHER, ids=lambda block: block.where)
def test_other_block(block: Block, board: Board) -> None:
    """A fence of another language passes the check of its language."""
    if block.language not in CHECKS:
        known = ", ".join(["python", *CHECKS])
        pytest.fail(
            f"{block.where}: unknown fence '{block.language}'; "
            f"the fences are {known}, and recordings",
            pytrace=False,
        )
    problem = CHECKS[block.language](block)
    if problem:
        pytest.fail(f"{block.where}: {problem}", pytrace=False)
    check = CHECKS[block.language].__doc__ or ""
    board.rows.append(
        proofs.row_of_block(block.language, block.text, block.where, check)
    )


def excerpt_of_a_lesson(block: Block) -> str:
    """Occurs word for word in another page."""
    others = [page for page in pages.pages() if page != block.page]
    if any(block.text in page.read_text("utf-8") for page in others):
        return ""
    return "this markdown stands in no other page; quote a real lesson"


def keys_of_examples(block: Block) -> str:
    """Parsed as TOML; its keys are those of examples.toml."""
    try:
        tables = tomllib.loads(block.text)
    except tomllib.TOMLDecodeError as error:
        return f"not TOML: {error}"
    unknown = {key for keys in tables.values() for key in keys} - KEYS.keys()
    return f"unknown keys of examples.toml: {', '.join(unknown)}" if unknown else ""


CHECKS = {"markdown": excerpt_of_a_lesson, "toml": keys_of_examples}
