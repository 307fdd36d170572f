"""The wrong solutions kept beside an exercise, as its page shows them."""

import ast
import difflib

from lessons import SNIPPETS


def mistakes(path: str) -> list[str]:
    """The paths of an exercise's wrong solutions."""
    wrong = sorted((SNIPPETS / path / "wrong").glob("*.py"))
    return [file.relative_to(SNIPPETS).as_posix() for file in wrong]


def what_is_wrong(text: str) -> str:
    """The first line of a wrong solution's docstring; empty without one."""
    docstring = ast.get_docstring(ast.parse(text)) or ""
    return docstring.partition("\n")[0]


def new_lines(solution: str, text: str) -> list[int]:
    """The numbers of the lines, below the docstring, that the solution has not."""
    old, new = solution.splitlines(), text.splitlines()
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = [range(begin, end) for tag, _, _, begin, end in steps if tag != "equal"]
    docstring = ast.parse(text).body[0].end_lineno
    return [n + 1 for lines in changed for n in lines if n >= docstring and new[n]]
