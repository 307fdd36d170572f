"""The folders of runs and servers: in memory where there is room, gone at the end."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from proving import scratch


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that stands for the one in memory, and has room."""
    monkeypatch.setattr(scratch, "MEMORY", tmp_path)
    monkeypatch.setattr(scratch, "ROOM", 0)
    scratch.remove_left.cache_clear()
    yield tmp_path
    scratch.remove_left.cache_clear()


def place_of_a_new_folder() -> Path:
    """Where a new folder is made; it is removed."""
    folder = scratch.new_folder("till-")
    assert list(folder.iterdir()) == []
    folder.rmdir()
    return folder.parent


def test_in_memory_where_there_is_room(memory: Path) -> None:
    """The folder names the process that has made it."""
    folder = scratch.new_folder("till-")
    assert folder.parent == memory
    assert folder.name.startswith(f"proven-{os.getpid()}-till-")


def test_without_room_it_is_on_the_disk(
    memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Room for less than the servers take is none."""
    disk = Path(tempfile.gettempdir()).resolve()
    monkeypatch.setattr(scratch, "ROOM", shutil.disk_usage(memory).total + 1)
    assert place_of_a_new_folder() == disk
    monkeypatch.setattr(scratch, "ROOM", 0)
    monkeypatch.setattr(scratch, "MEMORY", memory / "nowhere")
    assert place_of_a_new_folder() == disk


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such folder in memory")
def test_what_a_killed_process_left_is_removed(memory: Path) -> None:
    """What a living one has, and what others have named, is not touched."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    kept = [f"proven-{os.getpid()}-postgresql-a", "proven-b", "PostgreSQL.1"]
    for name in [*kept, f"proven-{gone.pid}-postgresql-c"]:
        (memory / name / "data").mkdir(parents=True)
    folder = scratch.new_folder("")
    assert {path.name for path in memory.iterdir()} == {*kept, folder.name}
