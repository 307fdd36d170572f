"""The example block: one line in Markdown, a proven figure on the page.

    /// example | concurrency/tasks/gather.py
        highlight: asyncio.gather
        show: timeline
    ///

``show`` names what stands below the output, see :data:`PANELS`; ``fold``, of an
example with several files, those that the reader knows: they are folded away.

``/// exercise | concurrency/tasks/exercise`` shows an exercise in the same
way: the starter, and, folded away, the hints, the tests, the solution and wrong
ones.
"""

import xml.etree.ElementTree as etree
from pathlib import Path

from markdown import Markdown
from markdown.util import AtomicString
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

import in_page
import records
import sent
import timeline
from hints import BadHints, read_hints
from lessons import LANGUAGES, SNIPPET, SNIPPETS, anchor, files_of, idea, newest_only
from mistakes import mistakes, new_lines, what_is_wrong

WITH_UV = "uv run test_exercise.py"
MISTAKES = (
    "The tests catch each of these. Marked lines are not in the solution above; "
    "a line of the solution can also be missing."
)
PANELS = {"timeline": timeline.as_html}  # each from the recording of that name


class BadBlock(Exception):
    """An example block that cannot be shown; the message says what to do."""


def type_texts(value: object) -> list[str]:
    """One text, or a list of texts."""
    texts = value if isinstance(value, list) else [value]
    return [str(text) for text in texts if text is not None]


class Figure(Block):
    """What both blocks share: an argument that names something in snippets/."""

    ARGUMENT = True

    def on_create(self, parent: etree.Element) -> etree.Element:
        """Fill an element of the page; a problem is kept for the gate."""
        try:
            return self.build(parent)
        except BadBlock as error:
            self.config["problems"].append((self.argument, str(error)))
            return add(parent, "p", str(error), {"class": "finding"})

    def build(self, parent: etree.Element) -> etree.Element:
        """The block's element."""
        raise NotImplementedError

    def code(self, text: str, language: str, lines: list[int] | None = None) -> str:
        """Highlighted code, kept aside from Markdown's own parsing."""
        return self.md.htmlStash.store(highlighted(text, language, lines or []))

    def recorded(self, text: str, language: str) -> str:
        """What a run has shown; nobody wants to copy it."""
        html = highlighted(text, language, [], classes="no-copy")
        return self.md.htmlStash.store(html)

    def figure(
        self, parent: etree.Element, path: str, files: list[Path]
    ) -> etree.Element:
        """An empty figure with its caption."""
        figure = etree.SubElement(
            parent,
            "figure",
            {"class": "example", "id": anchor(path), "data-example": self.argument},
        )
        caption = etree.SubElement(figure, "figcaption")
        self.caption(caption, path, files)
        return figure

    def caption(self, caption: etree.Element, path: str, files: list[Path]) -> None:
        """File name, what it was proven on, download, link."""
        shown = Path(path)
        name = shown.name if shown.suffix else f"{shown.name}/"
        if shown.name == "starter.py":
            name = "exercise.py"
        add(caption, "span", name, {"class": "example__name"})
        if newest := newest_only(files[0]):
            self.badge(caption, newest, "needs")
        self.badge(caption, *self.proven(files), self.record(path))
        if absent := self.missing(files):
            self.badge(caption, f"not run on {', '.join(absent)}", "not-run")
        tools = etree.SubElement(caption, "span", {"class": "example__tools"})
        base = self.config["up"]
        saved_as = name if name == "exercise.py" else ""
        download = {
            "href": f"{base}downloads/{download_of(path)}",
            "download": saved_as,
        }
        add(tools, "a", "Download", download | {"aria-label": f"Download {name}"})
        link = {"href": f"#{anchor(path)}", "aria-label": f"Link to {name}"}
        add(tools, "a", "Link", link)
        if report := self.config["report"](path, self.versions(files)):
            label = f"Report a problem with {name}"
            add(tools, "a", "Report", {"href": report, "aria-label": label})

    def versions(self, files: list[Path]) -> list[str]:
        """The interpreters and servers on which the files were run."""
        if (proofs := self.config["proofs"]) is None:
            return []
        text, language = files[0].read_text("utf-8"), LANGUAGES[files[0].suffix]
        interpreters = [f"CPython {v}" for v in proofs.proven_on(language, text)]
        return [*interpreters, *proofs.servers(language, text)]

    def badge(self, caption: etree.Element, text: str, kind: str, to: str = "") -> None:
        """A short remark on the example: what it needs, where it ran, or not."""
        classes = {"class": f"example__badge example__badge--{kind}"}
        if to:
            add(caption, "a", text, classes | {"href": to})
        else:
            add(caption, "span", text, classes)

    def record(self, path: str) -> str:
        """Where the record of the run stands, of those that have one."""
        if self.config["proofs"] is None or path.endswith("test_exercise.py"):
            return ""
        page = records.record_of(self.config["page"])
        return f"{self.config['up']}{page}/#{anchor(path)}"

    def proven(self, files: list[Path]) -> tuple[str, str]:
        """On which versions the files were run, or why not; and the badge's kind."""
        proofs = self.config["proofs"]
        if proofs is None:
            return "not proven yet", "not-run"
        text, language = files[0].read_text("utf-8"), LANGUAGES[files[0].suffix]
        versions = proofs.proven_on(language, text)
        if not versions:
            reason = proofs.not_run(language, text) or "changed since"
            return f"not run here: {reason}", "not-run"
        minors = [".".join(version.split(".")[:2]) for version in versions]
        where = [f"ran on {', '.join(minors)}", *proofs.servers(language, text)]
        return " · ".join(where), "ran"

    def missing(self, files: list[Path]) -> list[str]:
        """The databases it should have been run on, and was not."""
        if (proofs := self.config["proofs"]) is None:
            return []
        text, language = files[0].read_text("utf-8"), LANGUAGES[files[0].suffix]
        return [sent.NAMES[name] for name in proofs.missing(language, text)]

    def runs(self, figure: etree.Element, *paths: str) -> bool:
        """Whether all these run in the page; if not, the caption says why."""
        if (tried := self.config["in_page"]) is None:
            return False
        reasons = list(filter(None, map(tried.why_not, paths)))
        if reasons:
            caption = figure.find("figcaption")
            tools = caption[-1]
            caption.remove(tools)
            self.badge(caption, f"{reasons[0]}: {in_page.RUN_LOCALLY}", "local")
            caption.append(tools)
        else:
            add(figure.find("figcaption")[-1], "noscript", in_page.NEEDS_SCRIPTS)
        return not reasons

    def output(self, figure: etree.Element, recording: Path) -> None:
        """The recording below the code, with the command as its first line."""
        text = read_recording(recording).rstrip("\n")
        label = {"class": "example__output", "role": "group", "aria-label": "Output"}
        etree.SubElement(figure, "div", label).text = self.recorded(text, "console")

    def per_database(
        self, figure: etree.Element, path: str, kind: str, title: str
    ) -> None:
        """A fold with one recording for each database; equal ones stand once."""
        texts = sent.alike(sent.recordings(path, kind))
        fold = etree.SubElement(figure, "details", {"class": "example__more"})
        add(fold, "summary", title)
        where = [self.executed(files) for files in texts.values()]
        tabs = tabbed(fold, f"{anchor(path)}-{kind}", where)
        for tab, text in zip(tabs, texts, strict=True):
            language = "sql" if kind == "sql" else "console"
            block = self.recorded(text.rstrip("\n"), language)
            tab.text = f"{tab.text or ''}{block}"

    def executed(self, files: list[Path]) -> str:
        """``executed on PostgreSQL 18.6``; or where it was not."""
        proofs = self.config["proofs"]
        rows = [proofs.of_file(file) for file in files] if proofs else []
        servers = [name for row in rows for name in row.get("servers", {}).values()]
        if servers:
            return f"executed on {' and '.join(servers)}"
        return f"{' and '.join(map(sent.database, files))}: not run here"


class ExampleBlock(Figure):
    """A program (or a folder of files) and what it printed."""

    NAME = "example"
    OPTIONS = {  # noqa: RUF012 (the library's API)
        "fold": [[], type_texts],
        "highlight": [[], type_texts],
        "show": [[], type_texts],
    }

    def build(self, parent: etree.Element) -> etree.Element:
        path = self.argument
        files = existing(path)
        figure = self.figure(parent, path, files)
        if runs := self.runs(figure, path):
            figure.set("data-run", in_page.command_of(path))
        wanted = self.options["highlight"]
        unseen = set(wanted)
        self.check_folds(files)
        for file in files:
            text = file.read_text("utf-8")
            box = self.headed(figure, file) if len(files) > 1 else figure
            lines = [
                number
                for number, row in enumerate(text.splitlines(), 1)
                if any(mark in row for mark in wanted)
            ]
            unseen -= {mark for mark in wanted if mark in text}
            code = etree.SubElement(box, "div", {"class": "example__code"})
            code.text = self.code(text, LANGUAGES[file.suffix], lines)
            if runs:
                folder = SNIPPETS / path if len(files) > 1 else file.parent
                code.set("data-file", file.relative_to(folder).as_posix())
        for mark in sorted(unseen):
            raise BadBlock(
                f"highlight: '{mark}' occurs on no line of {path}; "
                "give a text that is there"
            )
        recording = SNIPPETS / f"{idea(path)}.out"
        self.output(figure, recording)
        for name in self.options["show"]:
            self.panel(figure, name, recording.with_suffix(f".{name}"))
        if sent.recordings(path, "sql"):
            title = f"The SQL it sent ({sent.in_words(path)})"
            self.per_database(figure, path, "sql", title)
        if sent.recordings(path, "out"):
            self.per_database(figure, path, "out", "What it printed elsewhere")
        return figure

    def check_folds(self, files: list[Path]) -> None:
        """Only some of several files can be folded away."""
        names = [file.name for file in files]
        for name in self.options["fold"]:
            if name not in names:
                there = ", ".join(names)
                raise BadBlock(
                    f"fold: '{name}' is not among its files; they are {there}"
                )
        if names and set(names) <= set(self.options["fold"]):
            raise BadBlock("fold: no file would be left to read; leave one unfolded")

    def headed(self, figure: etree.Element, file: Path) -> etree.Element:
        """Where a file's code goes, below its name: into the figure, or a fold."""
        name = {"class": "example__file"}
        if file.name not in self.options["fold"]:
            add(figure, "p", file.name, name)
            return figure
        fold = etree.SubElement(figure, "details", {"class": "example__fold"})
        add(fold, "summary", file.name, name)
        return fold

    def panel(self, figure: etree.Element, name: str, recording: Path) -> None:
        """Another recording below the output."""
        if name not in PANELS:
            raise BadBlock(
                f"show: '{name}' cannot be shown; what can is {', '.join(PANELS)}"
            )
        if not recording.is_file():
            raise BadBlock(
                f"show: it has no recording {recording.name}; write `{name} = true` "
                "for it into its examples.toml, then run: nox -s record"
            )
        html = PANELS[name](recording.read_text("utf-8"))
        box = etree.SubElement(figure, "div", {"class": "example__panel"})
        box.text = self.md.htmlStash.store(html)


class ExerciseBlock(Figure):
    """An exercise: the starter; hints, tests, solution and mistakes in folds."""

    NAME = "exercise"

    def build(self, parent: etree.Element) -> etree.Element:
        path = self.argument
        starter = existing(f"{path}/starter.py")
        tests = existing(f"{path}/test_exercise.py")
        solution = existing(f"{path}/solution.py")
        box = etree.SubElement(parent, "div", {"class": "exercise"})
        self.how_to(box, path)
        attempt = self.file(box, f"{path}/starter.py", starter)
        if self.runs(attempt, f"{path}/solution.py", f"{path}/starter.py"):
            attempt.set("data-check", tests[0].name)
            name_code(attempt, "exercise.py")
        self.hints(box, path)
        shown = self.fold(box, "The tests")
        name_code(self.file(shown, f"{path}/{tests[0].name}", tests), tests[0].name)
        self.file(self.fold(box, "A solution"), f"{path}/solution.py", solution)
        wrong = self.fold(box, "Common mistakes")
        add(wrong, "p", MISTAKES)
        for mistake in mistakes(path):
            self.mistake(wrong, mistake, solution[0].read_text("utf-8"))
        return box

    def how_to(self, box: etree.Element, path: str) -> None:
        """The whole exercise as one download, and the command that tests it."""
        address = f"{self.config['up']}downloads/{download_of(path)}"
        name = f"{path.split('/')[-2]}-exercise.zip"
        read_recording(SNIPPETS / path / "starter.out")
        command = in_page.command_of(f"{path}/starter.py")
        line = etree.SubElement(box, "p")
        link = {"href": address, "download": name}
        add(line, "a", "Download the exercise", link).tail = ", unpack it, and change "
        add(line, "code", "exercise.py").tail = " until no test fails. Test it with "
        add(line, "code", AtomicString(command)).tail = ", or with "
        add(line, "code", WITH_UV).tail = ", which installs what the tests need."

    def hints(self, box: etree.Element, path: str) -> None:
        """The hints, each folded away in the one before it."""
        try:
            hints = read_hints(path)
        except BadHints as error:
            raise BadBlock(str(error)) from None
        for number, hint in enumerate(hints, 1):
            box = self.fold(box, f"Hint {number} of {len(hints)}")
            add(box, "p", hint)

    def fold(self, box: etree.Element, title: str) -> etree.Element:
        """A closed fold with a title."""
        details = etree.SubElement(box, "details")
        add(details, "summary", title)
        return details

    def file(
        self, parent: etree.Element, path: str, files: list[Path]
    ) -> etree.Element:
        """One file of the exercise, with its test report where it has one."""
        figure = self.figure(parent, path, files)
        code = etree.SubElement(figure, "div", {"class": "example__code"})
        code.text = self.code(files[0].read_text("utf-8"), "python")
        if not path.endswith("test_exercise.py"):
            self.output(figure, files[0].with_suffix(".out"))
        return figure

    def mistake(self, parent: etree.Element, path: str, solution: str) -> None:
        """A wrong solution: what is wrong, what the tests say of it, the program.

        It stands in one colour: most of it has been read in the solution.
        """
        file = SNIPPETS / path
        text = file.read_text("utf-8")
        if not (sentence := what_is_wrong(text)):
            raise BadBlock(
                f"{path} does not say what is wrong with it; say it, in one "
                "sentence, in the first line of its docstring"
            )
        add(parent, "p", sentence, {"class": "exercise__mistake"})
        figure = self.figure(parent, path, [file])
        self.output(figure, file.with_suffix(".out"))
        code = etree.SubElement(figure, "div", {"class": "example__code"})
        html = highlighted(text, "python", new_lines(solution, text), "text")
        code.text = self.md.htmlStash.store(html)


def existing(path: str) -> list[Path]:
    """The files of an example; refuses a name that leads nowhere or outside."""
    if not SNIPPET.fullmatch(path):
        raise BadBlock(f"'{path}' is no path in snippets/; write part/lesson/idea.py")
    files = files_of(path)
    if not files:
        raise BadBlock(f"there is no snippets/{path}; correct the path, or write it")
    return files


def name_code(figure: etree.Element, name: str) -> None:
    """Say under which name the page runs the figure's code."""
    figure.find("div[@class='example__code']").set("data-file", name)


def read_recording(recording: Path) -> str:
    """What was recorded; refuses where nothing was."""
    if not recording.is_file():
        raise BadBlock(
            f"it has no recording; run: nox -s record -- "
            f"{recording.relative_to(SNIPPETS).with_suffix('').as_posix()}"
        )
    return recording.read_text("utf-8")


def download_of(path: str) -> str:
    """Where an example's download lies below ``downloads/``."""
    return f"{path}.zip" if path == idea(path) else path


def tabbed(parent: etree.Element, id: str, labels: list[str]) -> list[etree.Element]:
    """One block for each label, in the theme's tabs; a single one needs none."""
    if len(labels) == 1:
        add(parent, "p", labels[0], {"class": "example__where"})
        return [etree.SubElement(parent, "div")]
    group = etree.SubElement(parent, "div", {"class": "tabbed-set tabbed-alternate"})
    for n, _ in enumerate(labels, 1):
        button = {"type": "radio", "name": id, "id": f"{id}-{n}"}
        first = {"checked": "checked"} if n == 1 else {}
        etree.SubElement(group, "input", button | first)
    row = etree.SubElement(group, "div", {"class": "tabbed-labels"})
    for n, label in enumerate(labels, 1):
        add(row, "label", label, {"for": f"{id}-{n}"})
    content = etree.SubElement(group, "div", {"class": "tabbed-content"})
    return [etree.SubElement(content, "div", {"class": "tabbed-block"}) for _ in labels]


def add(
    parent: etree.Element, tag: str, text: str, attributes: dict[str, str] | None = None
) -> etree.Element:
    """A child element with a text."""
    child = etree.SubElement(parent, tag, attributes or {})
    child.text = text
    return child


def highlighted(
    text: str, language: str, lines: list[int], colours: str = "", classes: str = ""
) -> str:
    """Code as the fences of a page render it, so that one style serves both.

    ``colours`` names another language to colour it by: ``text`` has none.
    """
    all_classes = f"language-{language} highlight {classes}".rstrip()
    formatter = HtmlFormatter(cssclass=all_classes, hl_lines=lines, wrapcode=True)
    lexer = get_lexer_by_name(colours or language, stripnl=False)
    return highlight(text, lexer, formatter)


class ExampleExtension(BlocksExtension):
    """Both blocks, for one page after another.

    ``state`` is shared with the build: ``proofs``, ``in_page`` (what runs there),
    ``page`` (its name), ``up`` (the way from the page to the site's root),
    ``problems`` (block, text) of the page, and ``report``, which gives the address
    for reporting an example.
    """

    def __init__(self, state: dict) -> None:
        super().__init__()
        self.state = state

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: object) -> None:  # noqa: N802
        """Register both blocks."""
        md.registerExtension(self)
        block_mgr.register(ExampleBlock, self.state)
        block_mgr.register(ExerciseBlock, self.state)
