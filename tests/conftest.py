"""The fixtures of all tests, and the writing of the proofs file at the end.

Examples are proven side by side by one process, with ``--proofs``. What the
tests of claims need of them is then kept (``proving/prove.py``), so those may
run in several processes (``pytest -n``), each with a board of its own.
"""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from filelock import FileLock, Timeout

from proving import in_page, proofs, services
from proving.board import Board
from proving.examples import BadSnippet, Example
from proving.layout import BUILD, INTERPRETER, SNIPPETS, relative
from proving.prove import forget_all_but
from proving.server import NoService

BOARD = pytest.StashKey[Board]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options that nox uses."""
    group = parser.getgroup("proving")
    group.addoption(
        "--fresh",
        action="store_true",
        help="repeat every proof, each in a new interpreter",
    )
    group.addoption(
        "--proofs",
        action="store_true",
        help="after a complete, green run, write the proofs file",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Find the examples, and keep a second run out of the same proofs."""
    if config.getoption("--proofs") and config.getoption("numprocesses", None):
        pytest.exit(
            "--proofs: examples are proven side by side by one process; leave out -n",
            returncode=4,
        )
    BUILD.mkdir(exist_ok=True)
    lock = FileLock(BUILD / f"{INTERPRETER}.lock", timeout=0)
    try:
        if not is_worker(config):
            lock.acquire()
            config.add_cleanup(lock.release)
        board = config.stash[BOARD] = Board(config.getoption("--fresh"))
        config.add_cleanup(board.close)
    except Timeout:
        pytest.exit(
            f"{relative(Path(lock.lock_file))}:1: another run of {INTERPRETER} is "
            "proving in this folder; wait for its end, or stop it",
            returncode=3,
        )
    except BadSnippet as error:
        pytest.exit(str(error), returncode=4)


def is_worker(config: pytest.Config) -> bool:
    """Whether this is one of pytest-xdist's processes, and runs a part of the tests."""
    return hasattr(config, "workerinput")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Send the tests of a group to one worker, as ``--dist loadgroup`` says.

    A test's group is the end of its id. pytest-xdist 3.8 writes it where pytest 9.2
    no longer reads it: https://github.com/pytest-dev/pytest-xdist/issues/1386
    """
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        group = item.get_closest_marker("xdist_group")
        if group and not item.nodeid.endswith(f"@{group.args[0]}"):
            item._id = type(item.id).parse(f"{item.nodeid}@{group.args[0]}")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start every example whose test was chosen."""
    if is_worker(session.config):
        return
    chosen = [
        item.callspec.params["example"]
        for item in session.items
        if item.nodeid.startswith("tests/test_snippets.py")
        and hasattr(item, "callspec")
    ]
    try:
        session.config.stash[BOARD].begin([e for e in chosen if isinstance(e, Example)])
    except NoService as error:
        pytest.exit(str(error), returncode=4)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Leave proofs, if everything was proven and everything was green."""
    board = session.config.stash.get(BOARD, None)
    if not session.config.getoption("--proofs") or exitstatus != 0 or board is None:
        return
    if board.proven == {example.id for example in board.examples}:
        forget_all_but(board.examples)
        proofs.write(board.rows, board.fresh)
        board.written = True


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was proven, and loudly what was not run."""
    for line in in_page.summary(config.stash.get(in_page.VERDICTS, [])):
        terminalreporter.line(line)
    board = config.stash.get(BOARD, None)
    if board is None or not board.proven:
        return
    terminalreporter.section(f"proven on {INTERPRETER}")
    proven = len(board.proven) - len(board.not_run)
    kept = proven - board.repeated
    terminalreporter.line(
        f"{proven} examples proven ({board.repeated} run now, {kept} unchanged "
        f"since they were), {len(board.not_run)} not run here"
    )
    for database, seconds in board.seconds.items():
        if database:
            terminalreporter.line(
                f"{len(seconds)} of them on {services.version(database)} "
                f"in {sum(seconds):.1f} s"
            )
    for database, ids in board.not_run_on.items():
        terminalreporter.line(
            f"NOT RUN ON {database}: {len(ids)} examples; "
            f"{services.how_to_run(database)}",
            red=True,
        )
    for id, reason in sorted(board.not_run.items()):
        terminalreporter.line(f"NOT RUN HERE: {id}: {reason}", red=True)
    if config.getoption("--proofs"):
        written = board.written
        terminalreporter.line(
            f"proofs: {relative(proofs.FILE)}"
            if written
            else "no proofs were written: the run was not complete and green"
        )


@pytest.fixture
def board(request: pytest.FixtureRequest) -> Board:
    """The session's board."""
    return request.config.stash[BOARD]


@pytest.fixture
def output(board: Board) -> Callable[[str], str]:
    """``output("concurrency/tasks/gather")``: what the example prints, normalised.

    Its proof is kept with the same inputs, or it is run now. Skips with the
    reason where the example cannot be run.
    """
    by_id = {example.id: example for example in board.examples}

    def printed(id: str) -> str:
        outcome = board.outcome(by_id[id])
        if outcome.not_run:
            pytest.skip(f"{id} {outcome.not_run}")
        assert not outcome.problems, "\n".join(outcome.problems)
        return outcome.output

    return printed


@pytest.fixture
def load() -> Iterator[Callable[[str], ModuleType]]:
    """``load("concurrency/tasks/gather")``: the snippet as a fresh module.

    Its ``main()`` is not run. An id with a suffix names any file of a folder.
    """
    loaded: list[str] = []

    def module(id: str) -> ModuleType:
        path = SNIPPETS / id if id.endswith(".py") else SNIPPETS / f"{id}.py"
        name = f"snippet_{path.stem}_{len(loaded)}"
        spec = importlib.util.spec_from_file_location(name, path)
        made = importlib.util.module_from_spec(spec)
        sys.modules[name] = made
        loaded.append(name)
        spec.loader.exec_module(made)
        return made

    yield module
    for name in loaded:
        del sys.modules[name]
