"""The Content-Security-Policy of every page: nothing but our own origin.

The policy is the same on all pages: instant navigation swaps a page without
taking a new policy, and the theme's inline scripts differ between pages.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

INLINE = re.compile(
    r"<script(?![^>]*\s(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE
)
CHARSET = re.compile(r"<meta charset=[^>]*>")


def protect(site: Path) -> None:
    """Put the policy into every page of a folder."""
    pages = {path: path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}
    rules = policy(pages.values(), "'self'")
    for path, html in pages.items():
        path.write_text(protected(html, rules), "utf-8")


def policy(pages: Iterable[str], origin: str) -> str:
    """What these pages may load: from ``origin``, and their own inline scripts."""
    scripts = sorted({text for html in pages for text in INLINE.findall(html)})
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src", origin, *map(digest, scripts)]),
            f"style-src {origin}",
            f"img-src {origin} data:",
            f"font-src {origin}",
            f"connect-src {origin}",
            f"worker-src {origin}",
            f"form-action {origin}",
            "base-uri 'none'",
        ]
    )


def digest(script: str) -> str:
    """An inline script as a policy names it."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def protected(html: str, rules: str) -> str:
    """A page with these rules; they hold for everything after the charset."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
    found, changes = CHARSET.subn(lambda charset: charset[0] + meta, html, count=1)
    if not changes:
        raise ValueError("a page without <meta charset> cannot carry a policy")
    return found
