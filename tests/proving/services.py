"""Real servers for the examples: one of each kind a run, started when needed.

Each comes from the first of these that is there: an address in the
environment (``PROVEN_POSTGRESQL_URL``), a program on this machine or in a
wheel, an image for Docker. Every run of an example gets an empty database.
"""

import atexit
import itertools
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from types import ModuleType

from sqlalchemy import URL, make_url

from proving import mariadb, postgresql
from proving.examples import Example
from proving.scratch import new_folder
from proving.server import NoService, Server

KINDS: dict[str, ModuleType] = {"postgresql": postgresql, "mariadb": mariadb}
NAMES = {"sqlite": "SQLite"} | {name: kind.NAME for name, kind in KINDS.items()}
NUMBERS = itertools.count(1)


def source(name: str) -> str:
    """Where this server would come from; empty when it cannot be had here."""
    kind = KINDS[name]
    if os.environ.get(kind.ADDRESS):
        return "address"
    if kind.binary():
        return "program"
    return "image" if docker_runs() else ""


@cache
def docker_runs() -> bool:
    """Whether an engine answers, not only its client."""
    if not shutil.which("docker"):
        return False
    return subprocess.run(["docker", "info"], capture_output=True).returncode == 0


def missing(names: tuple[str, ...]) -> list[str]:
    """Which of these servers cannot be had here."""
    return [name for name in names if name in KINDS and not source(name)]


def how_to_run(name: str) -> str:
    """What makes the examples of this server run."""
    kind = KINDS[name]
    return (
        f"{kind.HOW_TO}, or set {kind.ADDRESS} (compose.yaml starts one), "
        "or start Docker"
    )


def fingerprint(names: tuple[str, ...]) -> str:
    """What changes when a server comes from elsewhere, or from another build."""
    found = []
    for name in names:
        if name in KINDS and (origin := source(name)):
            kind = KINDS[name]
            address, path = os.environ.get(kind.ADDRESS), kind.binary()
            build = path.stat().st_mtime_ns if origin == "program" else kind.IMAGE
            found.append((name, origin, address, str(path), build))
    return str(found)


def versions(names: tuple[str, ...]) -> dict[str, str]:
    """``{"postgresql": "PostgreSQL 18.6"}``, of those that can be had here."""
    return {name: version(name) for name in names if not missing((name,))}


def version(name: str) -> str:
    """What a page calls this database."""
    if name == "sqlite":
        import sqlite3

        return f"SQLite {sqlite3.sqlite_version}"
    return running(name).version


@cache
def running(name: str) -> Server:
    """The one server of this kind in this process, ready.

    Call it first in the main thread: a server dies with the thread that
    started it. Raises :class:`NoService` when it cannot be had.
    """
    kind = KINDS[name]
    match source(name):
        case "address":
            server = at_address(kind)
        case "program":
            server = kind.start_here(new_folder(f"{name}-"))
        case "image":
            url, stop = kind.start_image()
            server = Server(url, kind.login(url), stop)
        case _:
            raise NoService(f"no {kind.NAME} is here: {how_to_run(name)}")
    atexit.register(server.stop)
    return server


def at_address(kind: ModuleType) -> Server:
    """The server somebody else runs; it is not stopped."""
    address = os.environ[kind.ADDRESS]
    try:
        url = make_url(address)
        return Server(url, kind.login(url), lambda: None)
    except Exception as error:
        raise NoService(
            f"{kind.ADDRESS}={hidden(address)}: nobody can log in there: "
            f"{str(error).strip()}; correct the address, or unset {kind.ADDRESS}"
        ) from error


def hidden(address: str) -> str:
    """The address without its password."""
    try:
        return make_url(address).render_as_string(hide_password=True)
    except Exception:
        return address


def begin(examples: list[Example]) -> None:
    """Start the servers of these examples, those that can be had here."""
    names = {n for one in examples for n in (*one.services, *one.databases)}
    for name in sorted(names & KINDS.keys()):
        if not missing((name,)):
            running(name)


@contextmanager
def database(name: str) -> Iterator[URL]:
    """The address of an empty database, with its driver; dropped afterwards."""
    kind, server = KINDS[name], running(name)
    own = f"proven_{os.getpid()}_{next(NUMBERS)}"
    kind.create(server.url, own)
    try:
        yield server.url.set(drivername=kind.DRIVER, database=own)
    finally:
        kind.drop(server.url, own)


@contextmanager
def engines(name: str) -> Iterator[dict[str, str] | None]:
    """The addresses that an example's engines are given instead of their own.

    None without a database; nothing instead of SQLite's own.
    """
    if name not in KINDS:
        yield {} if name else None
        return
    with database(name) as url:
        drivers = {"sync": KINDS[name].DRIVER, "async": KINDS[name].ASYNC_DRIVER}
        yield {
            way: url.set(drivername=driver).render_as_string(hide_password=False)
            for way, driver in drivers.items()
        }


@contextmanager
def databases(names: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """An empty database of each kind, in the variables of their drivers."""
    with ExitStack() as stack:
        found: dict[str, str] = {}
        for name in names:
            found |= KINDS[name].environment(stack.enter_context(database(name)))
        yield found
