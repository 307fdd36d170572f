"""New folders for runs and for servers' data: in memory where there is room.

What they hold is thrown away in any case, and a disk that is busy with something
else makes a database wait at each commit.
"""

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

MEMORY = Path("/dev/shm")  # where Linux has it
ROOM = 2 * 1024**3  # bytes: two servers take a tenth


def new_folder(name: str) -> Path:
    """An empty folder that nobody else has: ``proven-PID-name-x1y2z3``."""
    place = MEMORY if has_room(MEMORY) else None
    if place:
        remove_left(place)
    prefix = f"proven-{os.getpid()}-{name}"
    return Path(tempfile.mkdtemp(prefix=prefix, dir=place)).resolve()


def has_room(folder: Path) -> bool:
    """Whether one may write there, and much."""
    usable = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    return usable and shutil.disk_usage(folder).free >= ROOM


@cache
def remove_left(place: Path) -> None:
    """Remove, once, what killed processes have left: memory is dear."""
    for folder in place.glob("proven-*"):
        owner = folder.name.split("-")[1]
        if owner.isdigit() and not is_alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def is_alive(process: int) -> bool:
    """Whether this process is there, and be it somebody else's."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
