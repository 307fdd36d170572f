"""The example's own process: run one program as its reader would.

Used in two ways: forked from a warm nursery (fast), or as a fresh
interpreter, ``python child.py JOB.json`` (where forking is not to be had,
and in a complete run of CI).
"""

import atexit
import faulthandler
import json
import os
import sys
import threading
import types
import warnings
from pathlib import Path

from guard import Guard  # beside this file, which is run as a script
from plugins import plugins_for
from witness import Witness

HANG = "hang.txt"
IN_PAGE = Path(__file__).parents[2] / "docs" / "assets" / "run"


def run(job: dict) -> int:
    """Run the job's program to its end and leave a report; returns its status.

    A job has ``root`` (the run's own folder, with ``work`` and ``tmp`` in it),
    ``program`` (one of :data:`PROGRAMS`), ``arguments``, ``limit`` (seconds),
    ``environment`` (where its servers are), ``engines`` (None, or the addresses
    for its engines: then the statements it sends are written down) and
    ``traced`` (whether to leave a trace of its tasks and threads).
    """
    root = Path(job["root"])
    tracer = tracer_of(root) if job["traced"] else None  # while it can be imported
    enter(root)
    os.environ.update(job["environment"])
    guard = Guard(root)
    program = PROGRAMS[job["program"]]
    witness = watch_databases(root, job["engines"]) if program is run_python else None
    with (root / HANG).open("w") as hang:
        faulthandler.dump_traceback_later(job["limit"], exit=True, file=hang)
        guard.start(
            tasks=mentions(b"asyncio", root / "work"),
            workers=mentions(b"Process", root / "work"),
        )
        if tracer:
            tracer.start()
        status = program(job["arguments"])
        if tracer:
            tracer.finish()
        guard.finish()
        if witness:
            witness.write(root / "sent.json")
        end_like_an_interpreter()
        faulthandler.cancel_dump_traceback_later()
    report = guard.report()
    (root / "report.json").write_text(json.dumps(report), "utf-8")
    return status


def watch_databases(root: Path, engines: dict[str, str] | None) -> Witness | None:
    """A witness of what the program sends; it imports what it watches."""
    if engines is None:
        return None
    witness = Witness(root / "work")
    witness.start(engines)
    return witness


def mentions(word: bytes, folder: Path) -> bool:
    """Whether a file of the example speaks of something that is slow to import."""
    return any(word in path.read_bytes() for path in folder.rglob("*.py"))


def tracer_of(root: Path) -> "trace_tasks.TaskTracer | trace_threads.ThreadTracer":  # noqa: F821
    """What follows the program's tasks if it has any, else its threads."""
    if mentions(b"asyncio", root / "work"):
        from trace_tasks import TaskTracer

        return TaskTracer(root)
    from trace_threads import ThreadTracer

    return ThreadTracer(root)


def enter(root: Path) -> None:
    """Own session, empty folder, own temporary folder, output to files."""
    if hasattr(os, "setsid") and os.getpid() != os.getsid(0):
        os.setsid()
    os.chdir(root / "work")
    os.environ["TMPDIR"] = str(root / "tmp")
    if "tempfile" in sys.modules:  # the nursery's own folder is remembered there
        sys.modules["tempfile"].tempdir = None
    sys.path[0] = str(root / "work")
    sys.modules["__main__"] = types.ModuleType("__main__")
    if "multiprocessing" in sys.modules:  # what workers send back is found there
        sys.modules["__mp_main__"] = sys.modules["__main__"]
    sys.dont_write_bytecode = True
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for target, name, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, root / "stdout", write),
        (2, root / "stderr", write),
    ):
        file = os.open(name, flags, 0o600)
        os.dup2(file, target)
        os.close(file)


def run_python(arguments: list[str]) -> int:
    """As ``python -W error FILE …``."""
    sys.warnoptions.append("error")
    warnings.simplefilter("error")
    path = Path(arguments[0]).resolve()
    sys.argv[:] = arguments
    main = sys.modules["__main__"]
    main.__file__ = str(path)
    main.__builtins__ = __builtins__
    try:
        code = compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
        exec(code, main.__dict__)
    except SystemExit as end:
        return status_of(end)
    except BaseException as error:
        error.__traceback__ = own_part(error.__traceback__)
        sys.excepthook(type(error), error, error.__traceback__)
        return 1
    return 0


def own_part(frames: types.TracebackType | None) -> types.TracebackType | None:
    """The traceback from the program's first line on."""
    while frames and frames.tb_frame.f_code.co_filename == __file__:
        frames = frames.tb_next
    return frames


def status_of(end: SystemExit) -> int:
    """The exit status that an interpreter would give."""
    if end.code is None or isinstance(end.code, int):
        return end.code or 0
    print(end.code, file=sys.stderr)
    return 1


def run_pytest(arguments: list[str]) -> int:
    """As ``pytest …``, without a cache folder."""
    import pytest

    words = [*arguments, "-p", "no:cacheprovider"]
    return int(pytest.main(words, plugins_for(Path.cwd())))


def run_sqlite3(arguments: list[str]) -> int:
    """As ``sqlite3 -box < FILE``, by the module that does it in the reader's page."""
    sys.path.append(str(IN_PAGE))
    import sql_file

    name = arguments[-1]
    failure = sql_file.run(Path(name).read_text("utf-8"), sys.stdout.write)
    if failure:
        line, message = failure
        print(f'File "{name}", line {line}: {message}', file=sys.stderr)
    return 1 if failure else 0


PROGRAMS = {"python": run_python, "pytest": run_pytest, "sqlite3": run_sqlite3}


def end_like_an_interpreter() -> None:
    """What ``Py_FinalizeEx`` does, in its order, as far as a program can see it."""
    try:
        threading._shutdown()
        atexit._run_exitfuncs()
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
    sys.stdout.flush()
    sys.stderr.flush()


if __name__ == "__main__":
    finished = run(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    os._exit(finished)
