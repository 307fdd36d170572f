"""Whole sessions with real servers: chosen, missing, dead, killed, side by side."""

import json
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from proving import scratch, services
from proving.layout import ROOT
from small_project import RECEIPT, Project
from test_databases import SERVERS, SHOP


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project whose one snippet is for all databases, recorded on those here."""
    made = Project(tmp_path)
    made.write(RECEIPT, SHOP)
    end = made.record()
    assert end.returncode == 0, end.stdout
    return made


@pytest.mark.parametrize("kind", services.KINDS.values(), ids=list(services.KINDS))
def test_a_dead_address_ends_the_run(kind: ModuleType, project: Project) -> None:
    """Who gives an address means it: nothing else is tried."""
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        scheme = kind.DRIVER.partition("+")[0]
        project.environment[kind.ADDRESS] = f"{scheme}://till:secret@{place}/shop"
        end = project.prove()
    assert end.returncode == 4
    hidden = f"{kind.ADDRESS}={scheme}://till:***@{place}/shop"
    assert f"{hidden}: nobody can log in there" in end.stdout
    assert "secret" not in end.stdout
    assert not project.proofs.exists()


@pytest.mark.parametrize("name", SERVERS)
def test_an_address_is_used(name: str, project: Project) -> None:
    """A server that somebody else runs is logged in to, and left running."""
    url = services.running(name).url
    kind = services.KINDS[name]
    project.environment[kind.ADDRESS] = url.render_as_string(hide_password=False)
    end = project.prove()
    assert end.returncode == 0, end.stdout
    assert f"1 of them on {services.version(name)} in" in end.stdout
    assert listens(url.port)


def test_without_a_server(project: Project) -> None:
    """The run passes, says loudly what was not run, and publishing refuses it."""
    mariadb = project.root / "tests" / "proving" / "mariadb.py"
    text = mariadb.read_text("utf-8").replace('"mariadbd"', '"no-such-server"')
    mariadb.write_text(text, "utf-8")
    project.environment["PATH"] = str(Path(sys.executable).parent)  # nor Docker
    end = project.prove()
    assert end.returncode == 0, end.stdout
    assert "NOT RUN ON mariadb: 1 examples; install MariaDB's server" in end.stdout
    row = json.loads(project.proofs.read_text("utf-8"))["proofs"][0]
    assert list(row["missing"]) == ["mariadb"]
    project.environment["PROVEN_DEMAND_ALL"] = "1"
    end = project.prove()
    assert end.returncode == 1
    assert f"{RECEIPT}:1: not run on mariadb; PROVEN_DEMAND_ALL" in end.stdout


def test_other_statements_are_refused(project: Project) -> None:
    """The same output by another statement is not what was recorded."""
    project.write(RECEIPT, SHOP.replace("SELECT title", "SELECT books.title"))
    end = project.prove()
    assert end.returncode == 1
    recorded = (project.root / RECEIPT).with_suffix(".sqlite.sql").read_text("utf-8")
    line = recorded.splitlines().index("SELECT title") + 1
    assert f"receipt.sqlite.sql:{line}: the run of" in end.stdout
    assert "+SELECT books.title" in end.stdout
    assert not project.proofs.exists()


def test_two_runs_side_by_side(project: Project, tmp_path_factory: object) -> None:
    """Each has its own servers, folders and proofs."""
    other = Project(tmp_path_factory.mktemp("other"))
    other.write(RECEIPT, SHOP)
    for path in (project.root / RECEIPT).parent.glob("receipt.*"):
        other.write(f"{Path(RECEIPT).parent}/{path.name}", path.read_text("utf-8"))
    with ThreadPoolExecutor() as pool:
        ends = list(pool.map(Project.prove, [project, other]))
    assert [end.returncode for end in ends] == [0, 0], ends


@pytest.mark.parametrize("name", SERVERS)
def test_a_killed_run_leaves_no_server(name: str) -> None:
    """SIGKILL gives nobody a chance to clean up; the kernel does it."""
    before = shared_memory()
    program = (
        "import sys, time; sys.path.insert(0, 'tests')\n"
        "from proving import services\n"
        f"print(services.running({name!r}).url.port, flush=True)\n"
        "time.sleep(60)\n"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    port = int(run.stdout.readline())
    assert listens(port)
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stdout.close()
    deadline = time.monotonic() + 20
    while listens(port):
        assert time.monotonic() < deadline, "the server outlived its run"
        time.sleep(0.05)
    if scratch.has_room(scratch.MEMORY):
        assert left_by(run.pid)  # for the next run to remove
        scratch.remove_left.cache_clear()
        scratch.remove_left(scratch.MEMORY)
    assert left_by(run.pid) == []
    while shared_memory() - before:  # another server's, that is just set up, goes too
        assert time.monotonic() < deadline, "the server left its shared memory"
        time.sleep(0.05)


def shared_memory() -> set[Path]:
    """What PostgreSQL servers share by its usual way, outside their folders."""
    return set(scratch.MEMORY.glob("PostgreSQL.*"))


def left_by(process: int) -> list[Path]:
    """What a process has left in memory."""
    return list(scratch.MEMORY.glob(f"proven-{process}-*"))


def listens(port: int) -> bool:
    """Whether somebody accepts connections there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
