"""Where the page's Python cannot be made, that is said, and nothing is left half."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from proving.layout import ROOT

NOWHERE = {
    "npm_config_registry": "http://127.0.0.1:9/",
    "npm_config_fetch_retries": "0",
}


def make(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the step in a project of its own, from which no registry is reached."""
    source = ROOT / "docs" / ".build" / "runtime"
    target = folder / "docs" / ".build" / "runtime"
    shutil.copytree(source, target)
    plain = {k: v for k, v in os.environ.items() if not k.startswith("PROVEN_")}
    own = {"npm_config_cache": str(folder / "npm"), **NOWHERE, **environment}
    return subprocess.run(
        [sys.executable, target / "make.py"],
        env=plain | own,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("demand", "status"), [({}, 0), ({"PROVEN_DEMAND_ALL": "1"}, 1)]
)
def test_without_a_registry(
    tmp_path: Path, demand: dict[str, str], status: int
) -> None:
    """The site can be built without it, except where nothing may be left out."""
    end = make(tmp_path, **demand)
    assert end.returncode == status
    assert "no example will run in the page: npm ended with" in end.stderr
    left = {path.name for path in (tmp_path / "build").iterdir()}
    assert left <= {"node-runtime"}
