"""The question block: a program, choices, and the answer folded away.

    /// question | concurrency/tasks/questions/two_sleeps.py
        ask: What does it print last?
        kind: prints
        wrong:
            - "a choice": "why it is wrong"
            - "another": "why that is wrong"
        because: "why the right answer is right"
    ///

``docs/assets/questions.js`` shows what belongs to a choice; without it the fold
has all of it.
"""

import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension

import sent
from example import BadBlock, Figure, add, existing
from lessons import SNIPPETS, anchor, idea, is_question
from question import BadQuestion, Choice, Question, read_question

KEYS = ("ask", "kind", "line", "statement", "wrong", "because")
OF_DATABASES = {"sql": "The SQL it sent", "out": "What it printed elsewhere"}
VERDICTS = {True: "Right: ", False: "Wrong: "}


def as_written(value: object) -> object:
    """Any value: what is wrong with it becomes a finding, with its line."""
    return value


class QuestionBlock(Figure):
    """A question about a program whose recording knows the answer."""

    NAME = "question"
    OPTIONS = {name: [None, as_written] for name in KEYS}  # noqa: RUF012

    def build(self, parent: etree.Element) -> etree.Element:
        path = self.argument
        files = existing(path)
        if not is_question(path):
            raise BadBlock(
                f"{path} is not in a folder questions/; move it there, so that it "
                "is no example of its own"
            )
        try:
            question = read_question(path, self.options)
        except BadQuestion as error:
            raise BadBlock(str(error)) from None
        figure = self.figure(parent, path, files)
        figure.set("class", "example question")
        code = etree.SubElement(figure, "div", {"class": "example__code"})
        code.text = self.code(question.program, "python")
        self.choices(figure, question, anchor(path))
        self.answer(figure, question, path)
        return figure

    def choices(self, figure: etree.Element, question: Question, name: str) -> None:
        """The question, its choices, and where the script says what is right."""
        group = {"class": "question__ask", "data-version": question.version}
        fieldset = etree.SubElement(figure, "fieldset", group)
        add(fieldset, "legend", question.ask)
        for number, choice in enumerate(question.choices):
            label = etree.SubElement(fieldset, "label")
            radio = {"type": "radio", "name": name, "value": str(number)}
            etree.SubElement(label, "input", radio)
            add(label, "code", AtomicString(choice.text))
        add(fieldset, "p", "", {"role": "status"})

    def answer(self, figure: etree.Element, question: Question, path: str) -> None:
        """The fold: what is true of each choice, in their order, and the proof."""
        fold = etree.SubElement(figure, "details", {"class": "example__more"})
        add(fold, "summary", "Answer")
        answers = etree.SubElement(fold, "dl", {"class": "question__answers"})
        for choice in question.choices:
            self.verdict(answers, choice)
        self.output(fold, SNIPPETS / f"{idea(path)}.out")
        for kind, title in OF_DATABASES.items():
            if sent.recordings(path, kind):
                self.per_database(fold, path, kind, title)

    def verdict(self, answers: etree.Element, choice: Choice) -> None:
        """A choice, whether it is right, and why."""
        term = add(answers, "dt", VERDICTS[choice.right])
        kind = {"class": "question__right"} if choice.right else {}
        add(term, "code", AtomicString(choice.text), kind)
        add(answers, "dd", choice.why)


class QuestionExtension(BlocksExtension):
    """The block, for one page after another; ``state`` as for the examples."""

    def __init__(self, state: dict) -> None:
        super().__init__()
        self.state = state

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: object) -> None:  # noqa: N802
        """Register the block."""
        md.registerExtension(self)
        block_mgr.register(QuestionBlock, self.state)
