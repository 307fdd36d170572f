"""The page "Your progress": the lessons, as the reader's own browser marks them."""

from collections.abc import Iterator
from pathlib import Path

import lessons

HEAD = """\
# Your progress

Your answers to questions, your edits of programs and the exercises you have passed are
kept in this browser, and nowhere else: nothing of it is sent, and no other browser of
yours knows it. The choice between light and dark is kept too, and stays when you
forget the rest.

A script marks the lessons below; without JavaScript, and in the offline copy, they stay
unmarked.

/// html | div.progress
"""


def progress_page() -> str:
    """The page as Markdown; ``docs/assets/your_progress.js`` fills it."""
    return "\n".join(rows())


def rows() -> Iterator[str]:
    """Its lines: every lesson in which there is something to do, by part."""
    yield HEAD
    for part in lessons.curriculum():
        written = filter(lessons.is_written, part.lessons)
        if entries := list(filter(None, map(entry, written))):
            yield f"## {part.title}\n"
            yield from entries
            yield ""
    yield "///\n"


def entry(lesson: str) -> str:
    """A lesson with what can be done in it, in words and for the script.

    Empty for one without questions and exercise, such as a summary.
    """
    shown = lessons.examples_on(lesson)
    questions = [Path(path).name for path in shown if lessons.is_question(path)]
    exercises = sum(path.endswith("/exercise") for path in shown)
    words = [counted(len(questions), "question"), counted(exercises, "exercise")]
    if not any(words):
        return ""
    return (
        f"- [{lessons.title_of(lesson)}]({lesson}.md) "
        f"<small>{', '.join(filter(None, words))}</small>\n"
        f'{{ data-questions="{" ".join(questions)}" data-exercises="{exercises}" }}'
    )


def counted(number: int, noun: str) -> str:
    """``2 questions``; empty for none."""
    return f"{number} {noun}{'s' * (number > 1)}" if number else ""
