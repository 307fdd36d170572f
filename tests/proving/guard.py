"""Inside the example's process: what it may not do, and what it left behind.

Imported by :mod:`proving.child`, and in the worker processes that the example
starts, which write what they see into a file for it. It uses audit hooks
(PEP 578), which cannot be taken off again, and ``sys.monitoring`` (PEP 669,
Python 3.12+). It imports a large module only when the program has to do with it:
a fresh interpreter is started for this alone.
"""

import gc
import os
import sys
import threading
from pathlib import Path

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = {
    "os.mkdir": 0,
    "os.rename": 1,
    "os.link": 1,
    "os.symlink": 1,
    "os.truncate": 0,
    "sqlite3.connect": 0,
}
MOMENT = 1.0  # seconds in which a library's closed worker ends by itself
CALLS_HOSTS = {"socket.connect", "socket.sendto", "socket.bind"}
LOOKS_UP_HOSTS = {"socket.getaddrinfo", "socket.gethostbyname"}
HERE = str(Path(__file__).parent.resolve())
FROM_WORKERS = "workers.json"  # a line for each thing that a worker process saw


class Guard:
    """Watches one program from its first line to its end."""

    def __init__(self, folder: Path) -> None:
        self.folder = os.path.realpath(folder)
        self.faults: list[str] = []
        self.entered: set[tuple[str, int]] = set()
        self.databases: list[object] = []
        self.pid = os.getpid()

    def start(self, tasks: bool = False, workers: bool = False) -> None:
        """Watch sockets, files, databases, functions; tasks, workers if there are."""
        self.threads = set(threading.enumerate())
        sys.addaudithook(self.audit)
        if tasks:
            self.watch_tasks()
        if workers:
            self.watch_workers()
        if sys.version_info >= (3, 12):
            self.watch_functions()

    def fault(self, text: str) -> None:
        """Remember what the program did wrong, once."""
        if text not in self.faults:
            self.faults.append(text)
            self.tell("faults", text)

    def tell(self, kind: str, what: object) -> None:
        """In a worker process: leave a line for the example's own process."""
        if os.getpid() == self.pid:
            return
        import json

        path = Path(self.folder, FROM_WORKERS)
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(file, json.dumps([kind, what]).encode() + b"\n")
        os.close(file)

    def told(self, kind: str) -> list:
        """What the worker processes have left of this kind."""
        path = Path(self.folder, FROM_WORKERS)
        if not path.exists():
            return []
        import json

        lines = map(json.loads, path.read_bytes().splitlines())
        return [what for found, what in lines if found == kind]

    def audit(self, event: str, args: tuple) -> None:
        """See every audited event; refuse other hosts and other folders."""
        if event in CALLS_HOSTS:
            self.check_address(*args[:2])
        elif event in LOOKS_UP_HOSTS:
            self.check_host(args[0])
        elif event == "open" and isinstance(args[2], int) and args[2] & WRITES:
            self.check_path(args[0])
        elif event in CHANGES:
            self.check_path(args[CHANGES[event]])
        elif event == "sqlite3.connect/handle":
            self.databases.append(args[0])

    def check_address(self, sock: "socket.socket", address: object) -> None:  # noqa: F821
        """Only the loopback range, and sockets that are files."""
        import socket

        if sock.family in (socket.AF_INET, socket.AF_INET6):
            self.check_host(address[0])

    def check_host(self, host: object) -> None:
        """Refuse a host that is not this machine."""
        import ipaddress

        name = host.decode() if isinstance(host, bytes) else host
        if name in (None, "", "localhost"):
            return
        try:
            inside = ipaddress.ip_address(name).is_loopback
        except ValueError:
            inside = False
        if not inside:
            self.fault(
                f"reached for another host, {name}; start what it needs "
                "on 127.0.0.1 within the example"
            )
            raise PermissionError(f"only loopback may be reached, not {name}")

    def check_path(self, path: object) -> None:
        """Refuse to change files outside the run's own folder."""
        if not isinstance(path, str | bytes | os.PathLike):
            return
        name = os.fsdecode(path)
        if name in (":memory:", "", os.devnull) or name.startswith("file:"):
            return
        if not os.path.realpath(name).startswith(self.folder + os.sep):
            self.fault(
                f"wrote outside its folder, to {name}; "
                "use a temporary folder and remove it"
            )
            raise PermissionError(f"only the run's own folder may change, not {name}")

    def watch_tasks(self) -> None:
        """``asyncio.run`` cancels unfinished tasks in silence; say which."""
        import asyncio.runners

        cancel_all_tasks = asyncio.runners._cancel_all_tasks

        def watched(loop: "asyncio.AbstractEventLoop") -> None:
            for task in asyncio.all_tasks(loop):
                coroutine = task.get_coro()
                name = coroutine.__qualname__ if coroutine else task.get_name()
                self.fault(
                    f"left the task {name} unfinished; "
                    "await or cancel it before main() returns"
                )
            cancel_all_tasks(loop)

        asyncio.runners._cancel_all_tasks = watched

    def watch_workers(self) -> None:
        """A forked worker inherits the guard; a spawned one begins by importing it."""
        from multiprocessing import spawn

        command_line = spawn.get_command_line
        watch = (
            f"import sys; sys.path.insert(0, {HERE!r}); import guard; "
            f"del sys.path[0]; guard.watch_worker({self.folder!r}); "
        )

        def watched(**words: object) -> list[str]:
            *command, program, mark = command_line(**words)
            return [*command, watch + program, mark]

        spawn.get_command_line = watched

    def watch_functions(self) -> None:
        """Note each function of the example's own files when it is first entered."""
        monitoring = sys.monitoring
        tool = monitoring.PROFILER_ID
        monitoring.use_tool_id(tool, "proven python")

        def entered(code: object, _offset: int) -> object:
            if code.co_filename.startswith(self.folder):
                self.entered.add((code.co_name, code.co_firstlineno))
                self.tell("entered", (code.co_name, code.co_firstlineno))
            return monitoring.DISABLE

        monitoring.register_callback(tool, monitoring.events.PY_START, entered)
        monitoring.set_events(tool, monitoring.events.PY_START)

    def finish(self) -> None:
        """At the end of the program: what is still alive?"""
        for thread in set(threading.enumerate()) - self.threads:
            if not self.is_own(thread):
                thread.join(MOMENT)
            if thread.is_alive():
                self.fault(f"left the thread {thread.name!r} running; join it")
        multiprocessing = sys.modules.get("multiprocessing")
        for process in multiprocessing.active_children() if multiprocessing else []:
            self.fault(f"left the process {process.name!r} running; join it")
        sys.modules["__main__"].__dict__.clear()
        gc.collect()
        for database in self.databases:
            if is_open(database):
                self.fault(
                    "left a sqlite3 connection open; close it "
                    "(contextlib.closing, engine.dispose())"
                )
                break

    def is_own(self, thread: threading.Thread) -> bool:
        """Whether the thread runs a function of the example, not of a library."""
        code = getattr(getattr(thread, "_target", None), "__code__", None)
        return code is not None and code.co_filename.startswith(self.folder)

    def report(self) -> dict[str, list]:
        """What was seen, ready for JSON."""
        entered = self.entered | {(name, line) for name, line in self.told("entered")}
        faults = dict.fromkeys([*self.faults, *self.told("faults")])
        return {"faults": list(faults), "entered": sorted(entered)}


def watch_worker(folder: str) -> None:
    """Called first of all in a spawned worker of the example in this folder."""
    guard = Guard(Path(folder))
    guard.pid = 0  # never its own: what it sees is told
    guard.start()


def is_open(database: object) -> bool:
    """Whether a sqlite3 connection was not closed (asked without changing it)."""
    import sqlite3

    try:
        database.total_changes  # noqa: B018
    except sqlite3.ProgrammingError as error:
        return "closed" not in str(error)
    return True
