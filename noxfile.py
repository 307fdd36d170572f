"""Everything a contributor runs. ``nox -l`` lists it.

With only Python there: ``python noxfile.py -s serve``. It puts nox into
``.nox/tool`` first, and then is the same as ``nox -s serve``.
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent
TOOL = ROOT / ".nox" / "tool"

if sys.version_info < (3, 11):  # noqa: UP036 (this is what says so)
    sys.exit("noxfile.py:1: Proven Python needs Python 3.11 or newer")


def nox_here() -> list[object]:
    """The command that starts nox: this interpreter's own, else one in ``.nox``."""
    if importlib.util.find_spec("nox"):
        return [sys.executable, "-m", "nox"]
    programs = TOOL / ("Scripts" if os.name == "nt" else "bin")
    if not list(programs.glob("nox*")):
        print("installing nox into .nox/tool", flush=True)
        subprocess.run([sys.executable, "-m", "venv", TOOL], check=True)
        command = [programs / "python", "-m", "pip", "install", "-q", "nox[uv]"]
        subprocess.run(command, check=True)
    return [programs / "nox"]


if __name__ == "__main__":
    end = subprocess.run([*nox_here(), "-f", __file__, *sys.argv[1:]])
    sys.exit(end.returncode)

import shutil  # noqa: E402

import nox  # noqa: E402

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
# Set where these interpreters may not be left out.
DEMAND_PYTHONS = "PROVEN_DEMAND_PYTHONS"


def know_pyenv() -> None:
    """Interpreters that pyenv has installed are not on PATH; put them at its end."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    folders = (
        sorted((root / "versions").glob("3.*/bin")) if os.access(root, os.X_OK) else []
    )
    os.environ["PATH"] = os.pathsep.join([os.environ["PATH"], *map(str, folders)])


def found(version: str) -> bool:
    """Whether this interpreter is here, and really starts."""
    running = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if version == running:
        return True
    program = shutil.which(f"python{version}")
    return (
        bool(program)
        and subprocess.run([program, "-c", ""], capture_output=True).returncode == 0
    )


# Examples run without writing bytecode, so it is written when libraries come in.
os.environ["UV_COMPILE_BYTECODE"] = "1"
know_pyenv()
HERE = [version for version in PYTHONS if found(version)]
NEWEST = HERE[-1] if HERE else PYTHONS[0]
MISSING = set(os.environ.get(DEMAND_PYTHONS, "").split()) - set(HERE)
if MISSING:
    sys.exit(
        f"noxfile.py:1: {DEMAND_PYTHONS} asks for Python {', '.join(sorted(MISSING))}, "
        "which is not here; install it, or ask for less"
    )

nox.needs_version = ">=2025.10.16"
nox.options.sessions = ["lint", "tests", "site"]
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = False
nox.options.download_python = "never"

GROUPS = ["examples", "proving", "site", "tools"]
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
CLAIMS = ["tests/lessons", "tests/test_slices.py"]
# The site is built by the newest Python; only there its building is tested, and
# what starts sessions and servers of its own.
NEWEST_ONLY = [
    "tests/gate",
    "tests/test_search_index.py",
    "tests/test_database_sessions.py",
    "tests/test_in_page.py",
    "tests/test_runtime.py",
    "tests/test_sessions.py",
]
SIDE_BY_SIDE = ["-n", "auto", "--dist", "loadgroup"]
# A check in the browser waits now and then until a page is quiet: others go on then.
BROWSERS = ["-n", str(2 * (os.cpu_count() or 2)), "--dist", "loadgroup"]
# They measure speed, so no other check may run beside them. Lighthouse mostly waits:
# its three pages and what runs in a page are measured at the same time.
SPEED = ["tests/site/test_lighthouse.py", "tests/site/test_run_figures.py"]
# One process proves the examples, side by side; the other tests read what it kept.
PROVEN = ["tests/test_snippets.py", "tests/test_pages.py"]
PROVE = [*PROVEN, "--proofs"]
# Then each example is tried in the Python that its page runs, which this makes.
IN_PAGE = "tests/test_in_page.py"
RUNTIME = "docs/.build/runtime/make.py"
# What the sessions of this one command have done already.
done: set[str] = set()


def prepare(session: nox.Session) -> None:
    """Install the locked versions, and nothing else."""
    session.install("--require-hashes", "-r", "requirements.txt")


@nox.session(python=NEWEST)
def lint(session: nox.Session) -> None:
    """Check style and format of all Python files, and compose.yaml."""
    prepare(session)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    compose = ["--builtin-schema", "vendor.compose-spec", "compose.yaml"]
    session.run("check-jsonschema", *compose)


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Prove every example and claim, on every Python that is here."""
    prepare(session)
    if session.posargs:
        session.run("pytest", *session.posargs)
        return
    # On the newest each example gets an interpreter of its own, which takes twice as
    # long; on the others they start as a contributor's do.
    alone = os.environ.get("PROVEN_FRESH") and session.python == NEWEST
    fresh = ["--fresh"] if alone else []
    session.run("pytest", *PROVE, *fresh)
    seen = [*PROVEN, *NEWEST_ONLY]
    if session.python == NEWEST:
        session.run("python", RUNTIME)
        session.run("pytest", "-q", IN_PAGE, *fresh)
        seen = [*PROVEN, IN_PAGE]
    rest = [f"--ignore={path}" for path in seen]
    session.run("pytest", "-q", *SIDE_BY_SIDE, "tests", *rest)
    done.add(f"tests on {session.python}")


@nox.session(python=PYTHONS)
def lowest(session: nox.Session) -> None:
    """Run the tests with the oldest libraries that pyproject.toml allows."""
    groups = [f"--group={group}" for group in GROUPS]
    session.install("--resolution", "lowest-direct", *groups)
    session.run("pytest", *session.posargs)


@nox.session(python=NEWEST)
def record(session: nox.Session) -> None:
    """Write recordings (all, or -- part/lesson/idea) and print what changed."""
    prepare(session)
    session.run("python", "tests/proving/record.py", *session.posargs)


@nox.session(python=NEWEST)
def site(session: nox.Session) -> None:
    """Prove everything, build the site beside the old one, check it, move it."""
    prepare(session)
    if f"tests on {NEWEST}" not in done:
        session.run("python", RUNTIME)
        session.run("pytest", "-q", *PROVE, IN_PAGE)
        session.run("pytest", "-q", *SIDE_BY_SIDE, *CLAIMS)
    target = ROOT / "build" / "site"
    session.run("mkdocs", "build", "--strict", "-d", str(target), env=QUIET)
    ROOT.joinpath("build", "site-report.json").unlink(missing_ok=True)
    session.run("pytest", "-q", "-n", "4", "--dist", "loadgroup", *SPEED)
    rest = [f"--ignore={path}" for path in SPEED]
    session.run("pytest", "-q", *BROWSERS, "tests/site", *rest)
    final = ROOT / "site"
    if final.exists():
        shutil.rmtree(final)
    shutil.move(target, final)
    session.log("the proven site is in site/")


@nox.session(python=NEWEST)
def serve(session: nox.Session) -> None:
    """Prove what changed, build, serve on 127.0.0.1:8000, and reload."""
    prepare(session)
    session.run("python", RUNTIME)
    session.run("pytest", "-q", *PROVE, IN_PAGE, success_codes=range(6))
    again = f"{session.bin}/pytest -q --no-header {' '.join([*PROVE, IN_PAGE])}"
    address = (session.posargs or ["127.0.0.1:8000"])[0]
    session.run("mkdocs", "serve", "-a", address, env=QUIET | {"PROVEN_PROVE": again})


@nox.session(python=NEWEST)
def new(session: nox.Session) -> None:
    """Begin a lesson: nox -s new -- part/lesson."""
    prepare(session)
    session.run("python", "docs/.build/new_lesson.py", *session.posargs)


@nox.session(python=NEWEST)
def bench(session: nox.Session) -> None:
    """Measure proving and building, as ratios within this one run."""
    prepare(session)
    session.run("python", "tests/bench.py", *session.posargs, env=QUIET)


@nox.session(python=NEWEST)
def lock(session: nox.Session) -> None:
    """Resolve the newest versions into requirements.txt, with hashes."""
    session.install("uv")
    session.run(
        "uv", "pip", "compile", "pyproject.toml", "--upgrade", "--universal",
        "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url",
        "--no-header", "-o", "requirements.txt", *(f"--group={g}" for g in GROUPS),
        silent=True,
    )  # fmt: skip
