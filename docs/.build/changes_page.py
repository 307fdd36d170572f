"""The page "What changed": the newest changes of the lessons by day."""

import html
import re
from collections.abc import Iterator
from itertools import groupby

from changes import NEWEST, Change, day
from lessons import title_of

MARKS = re.compile(r"[\\`*_~^\[\]{}]")


def changes_page(
    changes: list[Change], why_none: str, address: str, source: str
) -> str:
    """The page as Markdown; ``why_none`` says why there is no history."""
    return "\n".join(lines(changes[:NEWEST], why_none, address, source)) + "\n"


def lines(
    changes: list[Change], why_none: str, address: str, source: str
) -> Iterator[str]:
    """The page's lines."""
    yield "# What changed\n"
    if why_none:
        yield f"This copy was built without a history: {why_none}."
    elif not changes:
        yield "No lesson has changed yet."
    else:
        yield "The newest changes of the lessons and their examples, from the"
        yield "project's history. Days are in UTC."
    if changes and address:
        yield "\nThe same as a feed: [changes.xml](changes.xml)\n{ .online-only }"
    for name, of_day in groupby(changes, lambda change: day(change.time)):
        yield f"\n## {name}\n"
        for commit, together in groupby(of_day, lambda change: change.commit):
            yield row(commit, list(together), source)


def row(commit: str, together: list[Change], source: str) -> str:
    """One commit: what was done, in which lessons, and where to see it."""
    links = [f"[{title_of(c.lesson)}]({c.lesson}.md)" for c in together]
    text = f"- {literal(together[0].subject)}: {', '.join(links)}"
    if not source:
        return text
    label = f'{{ aria-label="Commit {commit[:8]}" }}'
    return f"{text} ([{commit[:8]}]({source}/commit/{commit}){label})"


def literal(text: str) -> str:
    """The text with nothing in it that Markdown or HTML would read as a mark."""
    return MARKS.sub(lambda mark: f"&#{ord(mark[0])};", html.escape(text))
