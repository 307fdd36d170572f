"""A question of a lesson: its author writes what is wrong, a recording what is right.

No right answer is typed. It is a line of the recording, or the line of the
program that the recording names:

prints  a line of what the program prints: the last, or the one that ``line`` says
raises  the line of the program that the traceback ends in
sends   the line that sends the statement in which ``statement`` stands
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import sent
from lessons import SNIPPETS, idea

KINDS = ("prints", "raises", "sends")
ONLY_WITH = {"line": "prints", "statement": "sends"}
FRAME = re.compile(r'File "(?P<file>[^"]+)", line (?P<line>\d+)')
FEWEST_WRONG = 2


class BadQuestion(Exception):
    """A question that cannot be asked; the message says what to do."""


@dataclass(frozen=True)
class Choice:
    """An answer to choose, and why it is right or wrong."""

    text: str
    why: str
    right: bool = False


@dataclass(frozen=True)
class Question:
    """A question about a program; its choices stand in an order of their own."""

    program: str
    ask: str
    choices: tuple[Choice, ...]

    @property
    def version(self) -> str:
        """Another one when the reader is asked something else."""
        asked = [self.program, self.ask, *(repr(choice) for choice in self.choices)]
        return sha256("\n".join(asked).encode()).hexdigest()[:8]


def read_question(path: str, options: dict) -> Question:
    """The question about a program; raises :class:`BadQuestion`."""
    kind = options.get("kind")
    if kind not in KINDS:
        raise BadQuestion(f"unknown kind '{kind}'; the kinds are {', '.join(KINDS)}")
    for name in ("ask", "because"):
        if not isinstance(options.get(name), str):
            raise BadQuestion(f"it has no text under '{name}'; write one")
    for name, needed in ONLY_WITH.items():
        if options.get(name) is not None and kind != needed:
            raise BadQuestion(f"'{name}' goes with kind: {needed}; delete it")
    program = (SNIPPETS / path).read_text("utf-8")
    right = Choice(answer(path, kind, options), options["because"], right=True)
    choices = [right, *wrong_choices(options.get("wrong"))]
    texts = [choice.text for choice in choices]
    for text in texts:
        if texts.count(text) > 1:
            what = "is the right answer" if text == right.text else "stands there twice"
            raise BadQuestion(f"the wrong choice '{text}' {what}; change it")
    if kind == "prints":
        ordered = sorted(choices, key=lambda choice: choice.text)
    else:
        lines = [row.strip() for row in program.splitlines()]
        for text in texts:
            if lines.count(text) != 1:
                raise BadQuestion(
                    f"the choice '{text}' stands {lines.count(text)} times in the "
                    "program; a choice is one whole line of it"
                )
        ordered = sorted(choices, key=lambda choice: lines.index(choice.text))
    return Question(program, options["ask"], tuple(ordered))


def wrong_choices(rows: object) -> list[Choice]:
    """What the author wrote under ``wrong``."""
    found = []
    for row in rows if isinstance(rows, list) else []:
        pairs = list(row.items()) if isinstance(row, dict) else []
        if len(pairs) != 1 or not all(isinstance(text, str) for text in pairs[0]):
            raise BadQuestion(
                f"the wrong choice {row!r} is no pair of texts; write: "
                '- "choice": "why it is wrong"'
            )
        found.append(Choice(*pairs[0]))
    if len(found) < FEWEST_WRONG:
        raise BadQuestion(
            f"it has {len(found)} wrong choices; give at least {FEWEST_WRONG}"
        )
    return found


def answer(path: str, kind: str, options: dict) -> str:
    """The right answer, the same on every database."""
    if kind == "sends":
        files = [*sent.recordings(path, "sql").values()]
        found = {sending(file, options.get("statement")) for file in files}
    else:
        plain = SNIPPETS / f"{idea(path)}.out"
        files = [*([plain] if plain.is_file() else [])]
        files += sent.recordings(path, "out").values()
        found = {
            printed(file, options.get("line")) if kind == "prints" else raising(file)
            for file in files
        }
    if not found:
        raise BadQuestion(f"it has no recording; run: nox -s record -- {idea(path)}")
    if len(found) > 1:
        raise BadQuestion(
            f"its recordings give different answers: {', '.join(sorted(found))}; "
            "ask for something that is the same on every database"
        )
    return found.pop()


def printed(file: Path, number: object) -> str:
    """A line of what was printed: the last, or the one of this number."""
    lines = file.read_text("utf-8").splitlines()[1:]
    wanted = len(lines) if number is None else number
    if not isinstance(wanted, int) or not 0 < wanted <= len(lines):
        raise BadQuestion(
            f"line: {number} is no line of {file.name}; it has {len(lines)}"
        )
    return lines[wanted - 1].strip()


def raising(file: Path) -> str:
    """The line of the program at which the last traceback ends."""
    program = file.with_suffix(".py")
    recording = file.read_text("utf-8")
    lines = [f["line"] for f in FRAME.finditer(recording) if f["file"] == program.name]
    if not lines:
        raise BadQuestion(
            f"{file.name} has no traceback; say `ends_in` in examples.toml, or ask "
            "something else"
        )
    return program.read_text("utf-8").splitlines()[int(lines[-1]) - 1].strip()


def sending(file: Path, statement: object) -> str:
    """The line of the program above the statement with this text."""
    blocks = file.read_text("utf-8").split("\n\n")
    if not isinstance(statement, str):
        raise BadQuestion("say which statement: statement: FROM books")
    heads = [head for block in blocks for head in heads_with(statement, block)]
    if len(heads) != 1:
        raise BadQuestion(
            f"statement: '{statement}' stands below {len(heads)} lines in {file.name}; "
            "give a text that stands below one"
        )
    return heads[0]


def heads_with(statement: str, block: str) -> Iterator[str]:
    """The line above a block of statements, if the text stands in one of them."""
    head, _, statements = block.partition("\n")
    if statement in statements:
        yield head.removeprefix("-- ").strip()
