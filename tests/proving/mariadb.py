"""MariaDB: where its program is, how to start it, how its drivers find it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pymysql
from sqlalchemy import URL

from proving import server
from proving.server import Server

NAME = "MariaDB"
ADDRESS = "PROVEN_MARIADB_URL"
IMAGE = "mariadb:11"
DRIVER, ASYNC_DRIVER = "mysql+pymysql", "mysql+asyncmy"
HOW_TO = "install MariaDB's server (Debian: mariadb-server-core mariadb-client-core)"
# It lives as long as the run: nothing has to survive a power failure.
HASTE = [
    "--innodb-flush-log-at-trx-commit=0",
    "--sync-binlog=0",
    "--innodb-fast-shutdown=2",
]


def binary() -> Path | None:
    """The program ``mariadbd``, if the one that prepares its folder is here too."""
    return server.find("mariadbd") if shutil.which("mariadb-install-db") else None


def connect(url: URL) -> pymysql.Connection:
    """A connection that commits each statement."""
    return pymysql.connect(
        host=url.host,
        port=url.port or 3306,
        user=url.username,
        password=url.password or "",
        autocommit=True,
        connect_timeout=5,
    )


def execute(url: URL, statement: str) -> tuple | None:
    """Run one statement; returns its first row."""
    with connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


def login(url: URL) -> str:
    """Log in; returns the version: ``MariaDB 10.11.14``."""
    number = execute(url, "SELECT version()")[0]
    return f"{NAME if 'MariaDB' in number else 'MySQL'} {number.split('-')[0]}"


def create(url: URL, database: str) -> None:
    """Make an empty database."""
    execute(url, f"CREATE DATABASE `{database}` CHARACTER SET utf8mb4")


def drop(url: URL, database: str) -> None:
    """Remove a database."""
    execute(url, f"DROP DATABASE IF EXISTS `{database}`")


def environment(url: URL) -> dict[str, str]:
    """The variables in which our examples look for this database."""
    return {
        "MYSQL_HOST": url.host,
        "MYSQL_PORT": str(url.port or 3306),
        "MYSQL_USER": url.username,
        "MYSQL_PWD": url.password or "",
        "MYSQL_DATABASE": url.database,
    }


def start_here(folder: Path) -> Server:
    """A new server in an empty folder."""
    data, port = folder / "data", server.free_port()
    who = ["--user=root"] if server.is_root() else []
    prepare = ["mariadb-install-db", "--no-defaults", f"--datadir={data}"]
    options = ["--skip-test-db", "--auth-root-authentication-method=normal", *who]
    # A server that starts removes the temporary tables of others in its folder.
    own = f"--tmpdir={folder}"
    server.run([*prepare, *options, own], folder)
    url = URL.create("mysql", "root", host="127.0.0.1", port=port)
    command = [binary(), "--no-defaults", f"--datadir={data}", own, *who, *HASTE]
    listen = [f"--socket={folder / 's'}", "--bind-address=127.0.0.1", f"--port={port}"]
    version, stop = server.start([*command, *listen], folder, lambda: login(url))
    return Server(url, version, stop)


def start_image() -> tuple[URL, Callable[[], None]]:
    """A container, started by testcontainers; it waits for the login itself."""
    from testcontainers.community.mysql import MySqlContainer

    container = MySqlContainer(IMAGE).start()
    url = URL.create(
        "mysql",
        "root",
        container.root_password,
        container.get_container_host_ip(),
        int(container.get_exposed_port(3306)),
    )
    return url, container.stop
