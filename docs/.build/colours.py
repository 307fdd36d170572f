"""The stylesheet's colours, for what is made of them outside the browser."""

import re
from pathlib import Path

from lessons import DOCS

TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
DARK = '[data-md-color-scheme="slate"]'


def colours(stylesheet: Path = DOCS / "assets" / "site.css") -> dict[str, dict]:
    """The tokens of both schemes: ``colours()["dark"]["band"]``."""
    light, dark = stylesheet.read_text("utf-8").split(DARK, 1)
    dark = dark.split("}", 1)[0]
    tokens = dict(TOKEN.findall(light))
    return {"light": tokens, "dark": tokens | dict(TOKEN.findall(dark))}
