"""A plain static server, as a public host is: it gzips text and says no more."""

import gzip
import mimetypes
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TEXT = ("text/", "application/json", "application/xml", "text/javascript", "image/svg")


@contextmanager
def serve(folder: Path, base: str = "/", tls: ssl.SSLContext | None = None) -> Iterator:
    """Serve the folder below ``base`` on a free port of 127.0.0.1; yields the port."""
    server = Server(("127.0.0.1", 0), handler(folder, base))
    if tls:
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


class Server(ThreadingHTTPServer):
    """A browser may hang up at any time; that is no error."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


def handler(folder: Path, base: str) -> type[BaseHTTPRequestHandler]:
    """What answers the requests for one folder."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else some answers come 40 ms late

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            file = folder / path.removeprefix(base)
            if not path.startswith(base) or not file.resolve().is_relative_to(folder):
                return self.answer(404, folder / "404.html")
            if file.is_dir() and not path.endswith("/"):
                return self.send_on(f"{self.path}/")
            if file.is_dir():
                file /= "index.html"
            if not file.is_file():
                return self.answer(404, folder / "404.html")
            return self.answer(200, file)

        do_HEAD = do_GET  # noqa: N815

        def answer(self, status: int, file: Path) -> None:
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            text = kind.startswith(TEXT)
            body = content(file, file.stat().st_mtime_ns, text)
            self.send_response_only(status)
            self.send_header("Content-Type", kind + "; charset=utf-8" * text)
            self.send_header("Content-Length", str(len(body)))
            if text:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        def send_on(self, location: str) -> None:
            self.send_response_only(301)
            self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@cache
def content(file: Path, _changed: int, text: bool) -> bytes:
    """What is sent for a file; compressed once."""
    body = file.read_bytes()
    return gzip.compress(body, 6, mtime=0) if text else body
