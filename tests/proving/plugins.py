"""Which of pytest's installed plugins an example gets: here none is found by itself."""

import re
from pathlib import Path

ASYNCIO = re.compile(rb"^asyncio_mode\b", re.MULTILINE)


def plugins_for(folder: Path) -> list[str]:
    """The plugin for coroutines, for an example that configures it.

    A reader's pytest finds by itself what is installed; here nothing is found, so
    that what one lesson needs changes nothing in the others.
    """
    settings = (path.read_bytes() for path in folder.glob("*.toml"))
    return ["pytest_asyncio.plugin"] if any(map(ASYNCIO.search, settings)) else []
