"""A throw-away server: a process in a temporary folder, dead with the run."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL

PATIENCE = 30.0  # seconds a server gets to accept a login
TICK = 0.05
SYSTEM_FOLDERS = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"]


class NoService(Exception):
    """A server that should be there and is not; the message says what to do."""


@dataclass
class Server:
    """A running server: where its administrator logs in, and how to end it.

    ``url`` has no driver (``postgresql://postgres@127.0.0.1:5433/postgres``);
    ``version`` is what a page calls it (``PostgreSQL 18.6``).
    """

    url: URL
    version: str
    stop: Callable[[], None] = field(repr=False)


def find(program: str) -> Path | None:
    """A server's program: on PATH, or where systems put their servers."""
    path = os.pathsep.join([os.environ.get("PATH", ""), *SYSTEM_FOLDERS])
    found = shutil.which(program, path=path)
    return Path(found).resolve() if found else None


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_root() -> bool:
    """Whether this process may do everything; some servers refuse to then."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def run(command: list[object], folder: Path, **options: object) -> None:
    """Run a program that prepares a server; its complaint is the error's text."""
    words = [str(word) for word in command]
    end = subprocess.run(words, cwd=folder, capture_output=True, text=True, **options)
    if end.returncode:
        raise NoService(f"{words[0]} failed: {last_line(end.stderr or end.stdout)}")


def start(
    command: list[object], folder: Path, login: Callable[[], str], **options: object
) -> tuple[str, Callable[[], None]]:
    """Start a server that dies with this thread, even a killed one (Linux).

    Waits until ``login`` works; returns the version it gave, and how to stop.
    Raises :class:`NoService` with the end of the server's log when it never does.
    """
    words = [str(word) for word in command]
    if sys.platform == "linux" and shutil.which("setpriv"):
        words = ["setpriv", "--pdeathsig", "KILL", "--", *words]
    path = folder / "server.log"
    with path.open("wb") as log:
        process = subprocess.Popen(words, stdout=log, stderr=log, cwd=folder, **options)

    def stop() -> None:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)

    try:
        return wait(login, lambda: process.poll() is not None), stop
    except Exception as error:
        said = last_line(path.read_text("utf-8", errors="replace"))
        stop()
        raise NoService(f"{words[-1]} did not start: {error}; {said}") from error


def wait(login: Callable[[], str], dead: Callable[[], bool]) -> str:
    """Try to log in until it works; an open port is not ready yet."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return login()
        except Exception:
            if dead() or time.monotonic() > deadline:
                raise
        time.sleep(TICK)


def last_line(text: str) -> str:
    """The last line of a log that says something."""
    return next((row for row in reversed(text.splitlines()) if row.strip()), "")
