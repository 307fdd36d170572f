"""An exercise's hints: the paragraphs of its ``hints.md``, read one by one."""

import re

from lessons import ROOT, SNIPPETS

FEWEST, MOST = 2, 4
NO_PARAGRAPH = re.compile(r" {4}|\t|\s*(`{3}|~{3}|/{3}|--8<--|#|<|>|[-*+] |\d+[.)] )")


class BadHints(Exception):
    """Hints that cannot be shown; the message says where, and what to do."""


def read_hints(path: str) -> list[str]:
    """The hints of an exercise, from a nudge to nearly the answer."""
    file = SNIPPETS / path / "hints.md"
    name = file.relative_to(ROOT).as_posix()
    if not file.is_file():
        raise BadHints(
            f"{name}:1: this file is missing; write {FEWEST} to {MOST} hints into it, "
            "each a paragraph"
        )
    text = file.read_text("utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if NO_PARAGRAPH.match(line):
            raise BadHints(
                f"{name}:{number}: a hint is a paragraph, and code in it stands "
                "between single back-ticks; say it in one to three sentences"
            )
    hints = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
    if not FEWEST <= len(hints) <= MOST:
        raise BadHints(
            f"{name}:1: an exercise has {FEWEST} to {MOST} hints, each a paragraph, "
            f"and here is {len(hints)}; divide them by empty lines"
        )
    return hints
