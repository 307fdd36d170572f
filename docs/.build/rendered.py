"""A page of the finished site beside the source it was made from."""

from dataclasses import dataclass
from pathlib import Path

from html_blocks import Page, read_html
from page_source import Source, read_source


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that stops the build."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


@dataclass
class Rendered:
    """A page of the site, with the source it was made from."""

    html: Path
    url: str
    file: str
    page: Page
    source: Source

    def finding(self, text: str, near: str = "") -> Finding:
        """A finding on this page, on the line where ``near`` stands."""
        return Finding(self.file, self.source.find(near) if near else 1, text)


def render(html: Path, site: Path, root: Path) -> Rendered:
    """Read a page and, where somebody wrote it, its source."""
    url = html.relative_to(site).as_posix()
    stem = url.removesuffix("index.html").removesuffix(".html").strip("/") or "index"
    candidates = [f"docs/{stem}.md", f"docs/{stem}/index.md"]
    file = next((c for c in candidates if (root / c).is_file()), f"site/{url}")
    source = read_source(root / file if file.startswith("docs/") else html, root)
    return Rendered(html, url, file, read_html(html.read_text("utf-8")), source)
