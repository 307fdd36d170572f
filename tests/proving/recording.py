"""Recordings: what an example printed, kept beside it.

The first line of a recording is the command. Only ``nox -s record`` writes
one; every other session compares.
"""

import difflib
from collections.abc import Iterator
from pathlib import Path

from proving.examples import Example, examples
from proving.layout import SNIPPETS, relative

RERUNS = 20  # of an example whose lines may come in any order


def transcript(example: Example, output: str) -> str:
    """The recording's text: the command, then what it printed."""
    body = output.rstrip("\n")
    return f"$ {example.command}\n{body}\n" if body else f"$ {example.command}\n"


def recorded(example: Example) -> str | None:
    """The recording's text, or None where there is none yet."""
    try:
        return example.recording.read_text("utf-8")
    except FileNotFoundError:
        return None


def compare(example: Example, output: str) -> Iterator[str]:
    """Say how this output differs from the recording, if it does."""
    new, old = transcript(example, output), recorded(example)
    if old is None:
        yield (
            f"{relative(example.source)}:1: has no recording; "
            f"run: nox -s record -- {example.id}"
        )
    elif example.any_order:
        if sorted(new.splitlines()) != sorted(old.splitlines()):
            yield differs(example, old, new)
    elif new != old:
        yield differs(example, old, new)


def differs(example: Example, old: str, new: str) -> str:
    """The message for a recording that is not what the run printed."""
    pairs = zip([*old.splitlines(), ""], [*new.splitlines(), ""], strict=False)
    line = next((n for n, (a, b) in enumerate(pairs, 1) if a != b), 1)
    return (
        f"{relative(example.recording)}:{line}: the run of "
        f"{relative(example.source)} printed something else; look at the "
        f"difference, then mend the program or run: nox -s record -- {example.id}\n"
        + diff(example, old, new)
    )


def diff(example: Example, old: str, new: str) -> str:
    """A unified diff of two recordings."""
    name = relative(example.recording)
    lines = difflib.unified_diff(
        old.splitlines(), new.splitlines(), f"{name} (recorded)", name, lineterm=""
    )
    return "\n".join(lines)


def write(example: Example, text: str) -> None:
    """Replace the recording in one step, so that no half of one is ever seen."""
    part = example.recording.with_suffix(".part")
    part.write_text(text, "utf-8", newline="\n")
    part.replace(example.recording)


def without_example() -> list[Path]:
    """Recordings that no example writes any more."""
    written = {example.recording for example in examples()}
    return sorted(path for path in SNIPPETS.rglob("*.out") if path not in written)
