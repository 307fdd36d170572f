"""New folders for runs and for servers' data: in memory where there is room.

What they hold is thrown away in any case, and a disk that is busy with something
else makes a database wait at each commit.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # where Linux has it
ROOM = 2 * 1024**3  # bytes: two servers take a tenth


def new_folder(name: str) -> Path:
    """An empty folder that nobody else has: ``proven-name-x1y2z3``."""
    place = MEMORY if has_room(MEMORY) else None
    return Path(tempfile.mkdtemp(prefix=f"proven-{name}", dir=place)).resolve()


def has_room(folder: Path) -> bool:
    """Whether one may write there, and much."""
    usable = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    return usable and shutil.disk_usage(folder).free >= ROOM
