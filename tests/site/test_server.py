"""The tests' own server behaves as a plain public host."""

import gzip
from http.client import HTTPConnection
from pathlib import Path

import pytest
from server import serve


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of two pages and a picture."""
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "index.html").write_text("<p>part</p>", "utf-8")
    (tmp_path / "404.html").write_text("<p>nothing here</p>", "utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    return tmp_path


@pytest.mark.parametrize(
    "path, status, body",
    [
        ("/site/part/", 200, b"<p>part</p>"),
        ("/site/part", 301, b""),
        ("/site/picture.png", 200, b"\x89PNG"),
        ("/site/missing/", 404, b"<p>nothing here</p>"),
        ("/part/", 404, b"<p>nothing here</p>"),
        ("/site/../../secret", 404, b"<p>nothing here</p>"),
    ],
)
def test_answers(site: Path, path: str, status: int, body: bytes) -> None:
    """Pages, pictures, a folder's slash, the 404 page; nothing outside the site."""
    with serve(site, "/site/") as port:
        connection = HTTPConnection("127.0.0.1", port)
        connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
    headers = {name for name, _ in answer.getheaders()}
    zipped = answer.getheader("Content-Encoding") == "gzip"
    assert answer.status == status
    assert (gzip.decompress(text) if zipped else text) == body
    assert headers <= {"Content-Type", "Content-Length", "Content-Encoding", "Location"}
    assert zipped == body.startswith(b"<")
