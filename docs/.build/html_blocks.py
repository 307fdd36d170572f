"""Reading a finished HTML page: what it renders as code, links, pictures, ids."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

# Elements that show text as code, or bring in text nobody here has seen.
UNPROVABLE = {
    "embed", "frame", "iframe", "kbd", "listing", "object", "plaintext", "samp",
    "textarea", "tt", "var", "xmp",
}  # fmt: skip
WRITES = {"script", "style"}  # what they write on a page stands in no HTML
OFFERS = {"data-run", "data-check"}  # run.js makes buttons of them
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
    "source", "track", "wbr",
}  # fmt: skip
# https://html.spec.whatwg.org/multipage/indices.html#elements-3
STANDARD = """
a abbr address article aside audio b bdi bdo blockquote body button canvas caption cite
code colgroup data datalist dd del details dfn dialog div dl dt em fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 head header hgroup html i ins label legend li main
map mark math menu meter nav noscript ol optgroup option output p picture pre progress
q rp rt ruby s script search section select slot small span strong style sub summary sup
table tbody td template tfoot th thead time title tr u ul video
"""
HTML = UNPROVABLE | VOID | set(STANDARD.split())


PRE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
SPAN = re.compile(r'</span>|<span(?: class="[\w -]*")?>')


@dataclass
class Element:
    """Something the gate looks at, with the line of the HTML it stands on."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    language: str = ""
    figure: str = ""
    breaks: bool = False


@dataclass
class Page:
    """What the gate needs to know of a page."""

    blocks: list[Element] = field(default_factory=list)
    inline: list[Element] = field(default_factory=list)
    unprovable: list[Element] = field(default_factory=list)
    links: list[Element] = field(default_factory=list)
    pictures: list[Element] = field(default_factory=list)
    styled: list[Element] = field(default_factory=list)
    offers: list[Element] = field(default_factory=list)
    unknown: list[Element] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """Collects a :class:`Page` while the standard parser walks the HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[Element] = []
        self.counts: Counter[str] = Counter()
        self.block: Element | None = None
        self.code: Element | None = None
        self.same_time = 0  # rows still to come that a cell above belongs to

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, self.getpos()[0])
        self.note(element)
        self.separate(element)
        if tag == "br":
            self.handle_data("\n")
        if tag not in VOID:
            self.open.append(element)
            self.counts[tag] += 1

    def note(self, element: Element) -> None:
        """Put the element on the lists it belongs to."""
        page, tag, attributes = self.page, element.tag, element.attributes
        if tag not in HTML and not self.within("svg") and tag != "svg":
            page.unknown.append(element)
        if "id" in attributes:
            page.ids.append(attributes["id"])
        if self.block is None and self.is_block(tag):
            element.language = self.language()
            element.figure = self.figure()
            self.block = element
            page.blocks.append(element)
        elif tag == "code" and self.block is None and self.code is None:
            self.code = element
            element.figure = self.figure()
            page.inline.append(element)
        elif tag in UNPROVABLE or (tag in WRITES and self.within("article")):
            page.unprovable.append(element)
        elif tag == "img" or (tag == "svg" and attributes.get("role") == "img"):
            page.pictures.append(element)
        elif tag in ("a", "link", "script") and self.block is None:
            page.links.append(element)
        if attributes.keys() & OFFERS:
            page.offers.append(element)
        style = attributes.get("style", "").replace(" ", "")
        if "white-space:" in style or "mono" in style:
            page.styled.append(element)

    def is_block(self, tag: str) -> bool:
        """Code, or a recording that stands on the page as a table."""
        return tag == "pre" or (tag == "table" and self.language() == "timeline")

    def separate(self, element: Element) -> None:
        """Rows and cells of a recording, as they are in its file."""
        if self.block is None or self.block.tag != "table":
            return
        before = self.block.text
        if element.tag == "tr":
            time = before.split("\n")[-1].split(" | ")[0]
            self.block.text += f"\n{time}" if self.same_time > 0 else "\n"
            self.same_time -= 1
        elif element.tag in ("td", "th"):
            rows = element.attributes.get("rowspan", "")
            if rows.isdigit():
                self.same_time = int(rows) - 1
            if not before.endswith("\n"):
                self.block.text += " | "

    def handle_endtag(self, tag: str) -> None:
        if not self.counts[tag]:
            return
        while self.open:
            element = self.open.pop()
            self.counts[element.tag] -= 1
            if element is self.block:
                self.block = None
            if element is self.code:
                self.code = None
            if element.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        if self.within("script", "style"):
            return
        if self.block is not None:
            self.block.text += data
        elif self.code is not None:
            self.code.text += data
            self.code.breaks |= "\n" in data
        elif data.strip() and self.within("article"):
            self.page.prose.append(data)

    def within(self, *tags: str) -> bool:
        """Whether one of these elements is open."""
        return any(self.counts[tag] for tag in tags)

    def language(self) -> str:
        """The language of the highlighter's element around this place."""
        for element in reversed(self.open):
            classes = element.attributes.get("class", "").split()
            for name in classes:
                if name.startswith("language-"):
                    return name.removeprefix("language-")
        return ""

    def figure(self) -> str:
        """The example whose figure stands around this place."""
        for element in reversed(self.open):
            if "data-example" in element.attributes:
                return element.attributes["data-example"]
        return ""


def without_colours(block: re.Match[str]) -> str:
    """A block without the highlighter's spans: most tags of a page are these."""
    return SPAN.sub("", block[0])


def read_html(html: str) -> Page:
    """What this page renders as code, its links, pictures and ids."""
    reader = Reader()
    reader.feed(PRE.sub(without_colours, html))
    reader.close()
    return reader.page
