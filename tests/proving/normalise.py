"""What may differ between two honest runs, in one ordered list.

Every rule has a name, which the page "How it was proven" prints, and a test
in ``tests/test_normalise.py``. A rule replaces what varies by something that
is plainly not a measurement.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One kind of variation: its name, why it varies, and its replacement."""

    name: str
    why: str
    apply: Callable[[str], str]


def sub(pattern: str, replacement: str) -> Callable[[str], str]:
    """A rule's function from a regular expression (lines, verbose off)."""
    compiled = re.compile(pattern, re.MULTILINE)
    return lambda text: compiled.sub(replacement, text)


FRAME = re.compile(r'^(?P<margin>[ |]*)  File "(?P<path>[^"]+)", line \d+')


def own_frames_only(text: str) -> str:
    """Leave out a traceback's frames in libraries and its caret lines."""
    kept: list[str] = []
    margin = None  # of the library frame whose lines are being left out
    for line in text.split("\n"):
        frame = FRAME.match(line)
        if frame:
            inside = "/" in frame["path"] or "\\" in frame["path"]
            margin = frame["margin"] + "    " if inside else None
        elif margin is not None and not line.startswith(margin):
            margin = None
        if margin is None and not re.fullmatch(r"[ |]*[~^][ ~^]*", line):
            kept.append(line)
    return "\n".join(kept)


RULES = [
    Rule(
        "folder",
        "each run has a temporary folder of its own",
        sub(r"(/private)?/[^\s\"']*/proven-[^\s/\"']+/(work|tmp)/?", ""),
    ),
    Rule(
        "library frames",
        "a traceback's lines in the library differ from version to version",
        own_frames_only,
    ),
    Rule(
        "link between errors",
        "releases of Python word differently that one error came from another",
        sub(
            r"^(During handling of the above exception, another exception occurred"
            r"|The above exception was the direct cause of the following exception):$",
            "The above exception led to the following exception:",
        ),
    ),
    Rule(
        "duration",
        "time passes differently on every machine",
        sub(r"\b(in|generated in|cached since) \d+\.\d+ ?s\b", r"\1 0.00s"),
    ),
    Rule(
        "slow step",
        "asyncio's debug mode reports any step that takes 0.1 s on a busy machine",
        sub(r"Executing <.*> took \d+\.\d{3} seconds\n", ""),
    ),
    Rule(
        "address",
        "objects lie at another address in every run",
        sub(r"\b0x[0-9a-fA-F]{6,}\b", "0x…"),
    ),
    Rule(
        "port",
        "a local server gets a free port",
        sub(r"(127\.0\.0\.1|localhost):\d{4,5}\b", r"\1:PORT"),
    ),
    Rule(
        "id",
        "a UUID is random",
        sub(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "UUID"),
    ),
    Rule(
        "line ends",
        "systems end a line in different ways",
        sub(r"[ \t\r]+$", ""),
    ),
]


def normalise(text: str) -> str:
    """The text with every rule applied, in order."""
    for rule in RULES:
        text = rule.apply(text)
    return text
