"""The whole site as one archive that opens from the file system.

Made from the finished pages before they get their policy: links to folders
name the ``index.html`` in them, and what only the public site needs is gone.
"""

import posixpath
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from policy import policy, protected

NAME = "proven-python"
ARCHIVE = f"{NAME}.zip"
# Of use only where somebody serves the site, or looks for it.
ONLINE = re.compile(
    r"(404\.html|robots\.txt|sitemap\.xml.*|changes\.xml|llms.*\.txt|cards/.*|.*\.zip"
    r"|assets/run/(?!run\.js).*)"
)
KEPT = re.compile(r"downloads/.*")
MACHINES = re.compile(
    r"\s*(?:"
    r'<link [^>]*rel="(?:canonical|alternate ?)"[^>]*>'
    r'|<meta [^>]*(?:property="og:|name="twitter:|name="robots")[^>]*>'
    r'|<script type="application/ld\+json">.*?</script>'
    r")",
    re.DOTALL,
)
ONLINE_ONLY = re.compile(
    r'\s*<(?P<tag>\w+)[^>]* class="online-only"[^>]*>.*?</(?P=tag)>', re.DOTALL
)
# With this feature the theme's scripts do nothing at all on file:// pages.
INSTANT = '"navigation.instant", '
# Browsers load no modules from the file system.
MODULE = re.compile(r'\s*<script [^>]*type="module"[^>]*></script>')
SIZE = re.compile(r'(<span class="archive-size">)[^<]*(</span>)')
TAG = re.compile(r"<(?:a|link|script|img|source|form)\b(?:[^<>\"]|\"[^\"]*\")*>")
ADDRESS = re.compile(r'(?<=\s)(?P<name>href|src|action)="(?P<to>[^"]*)"')


def pack(site: Path, address: str) -> None:
    """Write the archive into the site, and its size onto the site's pages."""
    files = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }
    files = {name: data for name, data in files.items() if wanted(name)}
    pages = {
        name: offline_page(data.decode(), name, address, set(files))
        for name, data in files.items()
        if name.endswith(".html")
    }
    rules = policy(pages.values(), "'self' file:")
    files |= {name: protected(html, rules).encode() for name, html in pages.items()}
    archive = site / ARCHIVE
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped:
        for name, data in files.items():
            entry = zipfile.ZipInfo(f"{NAME}/{name}")  # of 1980, on every day
            entry.external_attr = 0o644 << 16
            zipped.writestr(entry, data, zipfile.ZIP_DEFLATED)
    write_size(site, archive.stat().st_size)


def wanted(name: str) -> bool:
    """Whether a file of the site belongs into the archive."""
    return bool(KEPT.fullmatch(name)) or not ONLINE.fullmatch(name)


def offline_page(html: str, name: str, address: str, files: set[str]) -> str:
    """A page whose links lead to files of the archive."""
    for online in (MACHINES, ONLINE_ONLY, MODULE):
        html = online.sub("", html)
    html = html.replace(INSTANT, "")

    def local(found: re.Match[str]) -> str:
        to = to_file(found["to"], name, address, files)
        return f'{found["name"]}="{to}"'

    return TAG.sub(lambda tag: ADDRESS.sub(local, tag[0]), html)


def to_file(link: str, page: str, address: str, files: set[str]) -> str:
    """A link of the page ``page`` as the file system needs it."""
    base = address or "https://offline.invalid/"
    target = urljoin(f"{base}{page}", link)
    if link.startswith("#") or not target.startswith(base):
        return link
    parts = urlsplit(target.removeprefix(base))
    path = unquote(parts.path)
    if path not in files:
        path = posixpath.join(path, "index.html")
    relative = posixpath.relpath(path, posixpath.dirname(page) or ".")
    return relative + (f"#{parts.fragment}" if parts.fragment else "")


def write_size(site: Path, size: int) -> None:
    """Say on the pages that offer the archive how large it is."""
    text = f"{size / 1_000_000:.1f} MB"
    for path in sorted(site.rglob("*.html")):
        html = path.read_text("utf-8")
        found, changes = SIZE.subn(rf"\g<1>{text}\g<2>", html)
        if changes:
            path.write_text(found, "utf-8")
