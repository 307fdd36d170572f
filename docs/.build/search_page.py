"""Reading a finished page for the search: what a reader may want to land on.

A page, a section, an example, an entry in a list of terms or names: each is a
record with its place, its title and the pieces of text it is found by.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from html_blocks import VOID

HEADINGS = {f"h{level}": level for level in range(1, 7)}
ENTRY = 7  # an entry is below all headings, an example below an entry
EXAMPLE = 8
TITLES_OF_ENTRIES = {"code", "dfn", "dt"}
ROWS = {"li", "tr"}
TITLES_OF_ROWS = {"code", "dfn", "strong", "th"}
LETTER = re.compile(r"[^\W\d_]")  # a heading in an alphabetical list
LISTS = {"dl", "ol", "table", "ul"}
SKIPPED = {"button", "nav", "script", "style", "svg", "template"}
SKIPPED_CLASSES = {
    "example__badge",
    "example__tools",
    "facts",
    "headerlink",
    "proven",
    "question",  # what its program shows is often how not to do it
}
OUTPUTS = {"example__output", "example__more", "language-console"}
NAMES = {"example__file", "example__name"}
BLOCKS = {"other", "output", "python"}
INLINE = {"a", "abbr", "b", "code", "dfn", "em", "i", "span", "strong", "sub", "sup"}

# How much a word weighs by where it stands.
WEIGHTS = {
    "title": 8,
    "title code": 8,
    "name": 5,
    "description": 3,
    "inline": 2,
    "prose": 1,
    "python": 1,
    "other": 0.5,
    "output": 0.2,
    "link": 0.1,
}
TITLE_OF_ENTRY = 4
OF_ITS_EXAMPLES = 0.3  # a section is also found by its examples
LONGEST_EXCERPT = 140


@dataclass
class Record:
    """A place that a search can lead to, and its texts: (weight, where, text)."""

    kind: str  # page, section, example, entry
    anchor: str
    level: int
    above: list[str]
    title: str = ""
    excerpt: str = ""
    texts: list[tuple[float, str, str]] = field(default_factory=list)

    def add(self, where: str, text: str) -> None:
        """Note a piece of text by where it stands."""
        weight = WEIGHTS[where]
        if self.kind == "entry" and where.startswith("title"):
            weight = TITLE_OF_ENTRY
        if where.startswith("title"):
            self.title += text
        if text.strip():
            self.texts.append((weight, where, text))

    def tell(self, text: str) -> None:
        """Grow the excerpt until it is long enough."""
        if len(self.excerpt) <= LONGEST_EXCERPT:
            self.excerpt += text


@dataclass(frozen=True)
class Open:
    """An element the parser is in: what its text is, and what ends with it."""

    tag: str
    where: str  # a key of WEIGHTS, "skipped" or "outside"
    lit: bool
    record: Record | None


class Reader(HTMLParser):
    """Collects the records of a page's article."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Open("", "outside", False, None)]
        self.page = Record("page", "", 0, [])
        self.records = [self.page]
        self.within = [self.page]
        self.block = ""
        self.description = ""
        self.name = ""

    @property
    def record(self) -> Record:
        """The innermost record."""
        return self.within[-1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "meta" and attributes.get("name") == "description":
            self.description = attributes.get("content", "")
        if tag not in INLINE:
            self.handle_data(" ")
        if tag in VOID:
            return
        if tag == "pre":
            self.block = ""
        before = self.record
        where = self.where(tag, attributes)
        begun = self.record if self.record is not before else None
        lit = self.open[-1].lit or attributes.get("class") == "hll"
        ends = begun if tag == "figure" or tag in ROWS else None
        self.open.append(Open(tag, where, lit, ends))

    def where(self, tag: str, attributes: dict[str, str]) -> str:
        """What the text of this element is; begins the record it stands for."""
        around = self.open[-1].where
        classes = set(attributes.get("class", "").split())
        anchor = attributes.get("id", "")
        if around == "outside":
            return {"article": "prose", "title": "name of page"}.get(tag, around)
        if around == "skipped" or tag in SKIPPED or classes & SKIPPED_CLASSES:
            return "skipped"
        if around in BLOCKS:
            return around
        if tag == "h1" and not self.page.title:
            return "title"
        if tag in HEADINGS and anchor:
            self.begin("section", anchor, HEADINGS[tag])
            return "title"
        if "example" in classes and anchor:
            self.begin("example", anchor, EXAMPLE)
        if classes & NAMES:
            return "title" if not self.record.title else "name"
        if classes & OUTPUTS:
            return "output"
        if "language-python" in classes:
            return "python"
        if tag == "pre" or "highlight" in classes:
            return "other"
        return self.where_in_list(tag, anchor, around)

    def where_in_list(self, tag: str, anchor: str, around: str) -> str:
        """The same for an entry in a list of terms or names, and for inline code."""
        if around.startswith("title"):
            return "title code" if tag == "code" else around
        if anchor and tag in ROWS | TITLES_OF_ENTRIES:
            self.begin("entry", anchor, ENTRY)
            if "." in anchor:  # the whole of a name whose page shows its end
                self.record.add("name", anchor)
        if anchor and tag in TITLES_OF_ENTRIES:
            return "title code" if tag == "code" else "title"
        untitled = self.record.kind == "entry" and not self.record.title
        if untitled and tag in TITLES_OF_ROWS:
            return "title code" if tag == "code" else "title"
        if around == "link" or (tag == "a" and self.record.kind == "entry"):
            return "link"
        return "inline" if tag == "code" else around

    def begin(self, kind: str, anchor: str, level: int) -> None:
        """Begin a record below those that are above it."""
        self.leave(level)
        above = [record.title.strip() for record in self.within]
        self.within.append(Record(kind, anchor, level, above))
        self.records.append(self.record)

    def leave(self, level: int) -> None:
        """End the records at this level and below."""
        while self.record.level >= level:
            ended = self.within.pop()
            if ended.kind == "example":
                self.record.texts += [
                    (weight * OF_ITS_EXAMPLES, where, text)
                    for weight, where, text in ended.texts
                ]

    def handle_endtag(self, tag: str) -> None:
        if tag not in {element.tag for element in self.open}:
            return
        while True:
            element = self.open.pop()
            self.end(element)
            if element.tag == tag:
                break
        if tag not in INLINE:
            self.handle_data(" ")

    def end(self, element: Open) -> None:
        """What an element's end brings: a whole block, the end of a record."""
        if element.tag == "pre" and element.where in BLOCKS:
            self.record.add(element.where, self.block)
        if element.record is not None:
            self.leave(element.record.level)
        elif element.tag in LISTS and self.record.kind == "entry":
            self.leave(ENTRY)

    def handle_data(self, data: str) -> None:
        element = self.open[-1]
        if element.where == "name of page":
            self.name += data
        elif element.where in BLOCKS:
            self.block += data
            if element.lit:
                self.record.tell(data)
        elif element.where in WEIGHTS:
            self.record.add(element.where, data)
            if element.where in ("inline", "link", "prose"):
                self.record.tell(data)


def records(html: str) -> Iterator[Record]:
    """The records of a page, the page itself first; none without an article."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    reader.leave(1)
    page = reader.page
    page.title = page.title.strip() or reader.name.strip()
    if reader.description and page.texts:
        page.excerpt = reader.description
        page.add("description", reader.description)
    for record in reader.records:
        record.title = " ".join(record.title.split())
        record.excerpt = shortened(record.excerpt)
        if record.texts and record.title and not LETTER.fullmatch(record.title):
            yield record


def shortened(text: str) -> str:
    """An excerpt of whole words."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_EXCERPT:
        return text
    return text[:LONGEST_EXCERPT].rpartition(" ")[0] + " …"
