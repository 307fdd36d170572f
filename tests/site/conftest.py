"""The built site in ``build/site``, as `nox -s site` has just made it."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from site_pages import SITE


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a site there is nothing to test; say what makes one."""
    if items and not (SITE / "index.html").is_file():
        pytest.exit("build/site/index.html:1: no site is here; run: nox -s site", 4)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A plain static server that keeps its log to itself."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """``http://127.0.0.1:PORT/`` of a plain static server over the site."""
    handler = functools.partial(Quiet, directory=str(SITE))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder whose path the normalisers know."""
    made = tmp_path / "proven-copy" / "work"
    made.mkdir(parents=True)
    return made
