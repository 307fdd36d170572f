"""Begin a lesson: ``python docs/.build/new_lesson.py part/lesson``."""

import sys
from difflib import get_close_matches
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from lessons import DOCS, ROOT, SNIPPETS, curriculum, is_written

PAGE = """---
level: beginner
needs: []
tags: []
description: One sentence for search engines.
---

# {title}

What the reader gets, in one to three sentences.

You will be able to:

- do the first thing

## The problem

/// example | {lesson}/first_idea.py
///

## Pitfalls

## Which one should I use?

## Exercise

## Recap

## References
"""

SNIPPET = """def main() -> None:
    print("what proves the point")


if __name__ == "__main__":
    main()
"""

TESTS = '''"""The claims of docs/{lesson}.md."""


def test_first_claim(output):
    """State the claim of the page here."""
    assert output("{lesson}/first_idea") == "what proves the point\\n"
'''


def main(arguments: list[str]) -> int:
    """Write page, first snippet and test module; refuse to overwrite."""
    known = {
        lesson: title for part in curriculum() for lesson, title in part.lessons.items()
    }
    lesson = arguments[0] if arguments else ""
    if lesson not in known:
        near = get_close_matches(lesson, known, 1)
        hint = f"did you mean {near[0]}?" if near else "add it there first"
        print(f"docs/.build/curriculum.yaml:1: no lesson '{lesson}'; {hint}")
        return 2
    if is_written(lesson):
        print(f"docs/{lesson}.md:1: this lesson is there already; edit it")
        return 2
    for path, text in (
        (DOCS / f"{lesson}.md", PAGE),
        (SNIPPETS / lesson / "first_idea.py", SNIPPET),
        (ROOT / "tests" / "lessons" / f"test_{Path(lesson).name}.py", TESTS),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        filled = text.replace("{title}", known[lesson]).replace("{lesson}", lesson)
        path.write_text(filled, "utf-8")
        print(path.relative_to(ROOT).as_posix())
    print(f"now write, and run: nox -s record -- {lesson}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
