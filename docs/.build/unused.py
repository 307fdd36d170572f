"""What the theme brings along and no page loads is not published."""

import re
from pathlib import Path

THEME = ("assets/images", "assets/javascripts", "assets/stylesheets")
LOADED = re.compile(r'<(?:link|script|img)\b[^>]*\s(?:href|src)="(?:[^"]*/)?([^"/?#]+)')
MAP = re.compile(r"\n?(?:/\*|//)# sourceMappingURL=\S+(?: ?\*/)?\s*\Z")


def drop_unused(site: Path, docs: Path) -> None:
    """Remove the theme's files that no page names; ours in ``docs`` stay."""
    (site / "sitemap.xml.gz").unlink(missing_ok=True)  # robots.txt names the plain one
    pages = [path.read_text("utf-8") for path in site.rglob("*.html")]
    loaded = {name for html in pages for name in LOADED.findall(html)}
    for folder in THEME:
        # the deepest first, so that emptied folders can go
        for path in sorted((site / folder).rglob("*"), reverse=True):
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif (docs / path.relative_to(site)).is_file():
                continue
            elif path.name not in loaded:
                path.unlink()
            elif path.suffix in (".js", ".css"):
                text = path.read_text("utf-8")
                path.write_text(MAP.sub("\n", text), "utf-8")
