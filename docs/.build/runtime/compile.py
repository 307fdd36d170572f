"""Compile and pack a folder of modules; run by Pyodide, for Pyodide."""

import importlib._bootstrap_external as bytecode_files
import io
import zipfile
from pathlib import Path


def pack(folder: str, place: str) -> bytes:
    """The folder as a zip archive in which every module is bytecode alone.

    ``place`` is where the modules will lie, as tracebacks name them.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(Path(folder).rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.suffix == ".py":
                archive.writestr(entry(f"{name}c"), bytecode(path, f"{place}/{name}"))
            elif path.is_file():
                archive.writestr(entry(name), path.read_bytes())
    return packed.getvalue()


def entry(name: str) -> zipfile.ZipInfo:
    """An archive's entry that is the same on every day."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def bytecode(path: Path, place: str) -> bytes:
    """A compiled module that is believed to be current."""
    code = compile(path.read_bytes(), place, "exec", dont_inherit=True)
    return bytes(bytecode_files._code_to_hash_pyc(code, bytes(8), checked=False))
