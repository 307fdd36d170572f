"""What a reader copies or downloads runs, and prints what the page shows."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from needed import missing
from site_pages import SITE, Shown, blocks_of, pages, shown
from uv import find_uv_bin

from proving import services
from proving.examples import examples
from proving.layout import SNIPPETS
from proving.normalise import normalise
from proving.recording import LANGUAGES
from proving.running import ENVIRONMENT

EXERCISES = sorted((SITE / "downloads").rglob("exercise.zip"))
KNOWN = {example.id: example for example in examples()}


def example_of(figure: Shown) -> str:
    """The id of the example that a figure shows."""
    if figure.id.startswith("exercise-"):
        return f"{figure.example}/{figure.id.removeprefix('exercise-')}"
    if figure.id.startswith("mistake-"):
        name = figure.id.removeprefix("mistake-").replace("-", "_")
        return f"{figure.example}/wrong/{name}"
    return re.sub(r"\.(py|sql)$", "", figure.example)


def dependencies(figure: Shown) -> list[str]:
    """What the page's download says must be installed."""
    if figure.download.suffix == ".zip":
        return ["pytest", "pytest-asyncio", "aiohttp", "sqlalchemy"]
    lines = figure.download.read_text("utf-8").splitlines()
    header = lines[1 : lines.index("# ///")]
    text = "\n".join(line.removeprefix("# ").removeprefix("#") for line in header)
    return tomllib.loads(text)["dependencies"]


SHOWN = shown()
STATEMENTS = [figure for figure in SHOWN if figure.download.suffix == ".sql"]
PROGRAMS = [figure for figure in SHOWN if figure not in STATEMENTS]
# Every text of a page is compared with what was run. One program of each page and
# kind is run again, to see whether what the page says must be installed is enough.
CHOSEN = {(figure.page, *dependencies(figure)): figure for figure in PROGRAMS}


def environment() -> dict[str, str]:
    """The fixed environment, and uv's own settings."""
    keep = {
        name: value
        for name, value in os.environ.items()
        if name in ("PATH", "HOME", "SYSTEMROOT") or name.startswith(("UV_", "SSL_"))
    }
    return keep | ENVIRONMENT


@pytest.mark.parametrize("figure", CHOSEN.values(), ids=lambda one: example_of(one))
def test_copy_runs(figure: Shown, folder: Path) -> None:
    """Pasted into an empty folder, with the stated dependencies, it does the same."""
    example = KNOWN[example_of(figure)]
    if not example.runs_on():
        pytest.skip(f"{example.id} needs Python {example.python}")
    if absent := services.missing(example.services):
        pytest.skip(f"{example.id} needs a server that is not here: {absent}")
    for name, text in figure.files.items():
        path = folder / name
        path.write_text(text, "utf-8")
    needed = [word for name in dependencies(figure) for word in ("--with", name)]
    command = shlex.split(figure.command)
    if command[0] == "pytest":
        command[1:1] = ["-p", "no:cacheprovider"]
        if any("asyncio_mode" in text for text in figure.files.values()):
            command[1:1] = ["-p", "pytest_asyncio.plugin"]
    uv = [find_uv_bin(), "run", "-q", "--no-project", "-p", sys.executable, *needed]
    with services.databases(example.services) as servers:
        end = subprocess.run(
            [*uv, *command],
            cwd=folder,
            env=environment() | servers,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
    errors = end.stderr if example.stderr or example.ends_in else ""
    printed = normalise(end.stdout + errors).rstrip("\n")
    assert end.returncode == example.exit, end.stderr
    assert f"$ {figure.command}\n{printed}".rstrip("\n") == figure.output.rstrip("\n")


@pytest.mark.parametrize("figure", STATEMENTS, ids=lambda figure: example_of(figure))
def test_copied_statements_run(figure: Shown) -> None:
    """SQLite's own command line has the same results; newer ones align numbers."""
    if not shutil.which("sqlite3"):
        missing("no sqlite3 is here: install SQLite's command line")
    (statements,) = figure.files.values()
    end = subprocess.run(
        ["sqlite3", "-box"],
        input=statements,
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    printed = f"$ {figure.command}\n{end.stdout}"
    assert re.sub("[ ─]+", " ", printed) == re.sub("[ ─]+", " ", figure.output)


@pytest.mark.parametrize("figure", SHOWN, ids=lambda figure: example_of(figure))
def test_page_shows_the_files_that_were_run(figure: Shown) -> None:
    """Code on the page is the snippet, to the last character; so is the download."""
    example = KNOWN[example_of(figure)]
    for name, text in figure.files.items():
        source = example.files[name].read_text("utf-8")
        assert text == source
        if figure.download.suffix == ".py" and name != "test_exercise.py":
            assert source in figure.download.read_text("utf-8")


def test_downloads_start_with_uv(tmp_path: Path) -> None:
    """`uv run` starts a downloaded file: one of each kind of dependency."""
    single = [f for f in reversed(SHOWN) if f.download.suffix == ".py"]
    chosen = {tuple(dependencies(figure)): figure for figure in single}
    runnable = [
        figure
        for figure in chosen.values()
        if not KNOWN[example_of(figure)].services and "exercise.py" not in figure.files
    ]
    assert runnable
    for figure in runnable:
        copy = shutil.copy(figure.download, tmp_path)
        end = subprocess.run(
            [find_uv_bin(), "run", "-q", "--no-project", "-p", sys.executable, copy],
            cwd=tmp_path,
            env=environment(),
            capture_output=True,
            text=True,
        )
        assert end.returncode == KNOWN[example_of(figure)].exit, end.stderr


@pytest.mark.parametrize("archive", EXERCISES, ids=lambda path: path.parent.name)
def test_downloaded_exercise_is_tested_by_one_command(
    archive: Path, tmp_path: Path
) -> None:
    """`uv run` tests the starter, which fails, and then the solution."""
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    source = SNIPPETS / archive.relative_to(SITE / "downloads").with_suffix("")
    uv = [find_uv_bin(), "run", "-q", "--no-project", "-p", sys.executable]

    def tested() -> str:
        end = subprocess.run(
            [*uv, "test_exercise.py"],
            cwd=folder,
            env=environment(),
            capture_output=True,
            text=True,
        )
        return end.stdout.strip().rpartition("\n")[2]

    assert re.match(r"\d+ failed", tested())
    solution = (source / "solution.py").read_text("utf-8")
    (folder / "exercise.py").write_text(solution, "utf-8")
    assert re.match(r"\d+ passed", tested())


def test_every_example_is_shown() -> None:
    """Each example of snippets/ stands on exactly one page."""
    assert sorted(map(example_of, SHOWN)) == sorted(KNOWN)


def test_markdown_copies_have_the_code() -> None:
    """Each lesson's Markdown copy holds the code and the output of its examples."""
    for figure in SHOWN:
        page = figure.page.removesuffix("/index.html").removesuffix("index.html")
        copy = (SITE / f"{page or 'index'}.md").read_text("utf-8")
        assert figure.output.strip() in copy, figure.id
        for text in figure.files.values():
            assert text.strip() in copy, figure.id


def test_recordings_are_all_on_pages() -> None:
    """No recording is left that nobody sees."""
    blocks = {block.strip("\n") for page in pages() for block in blocks_of(page)}
    for path in recordings():
        assert path.read_text("utf-8").strip("\n") in blocks, path


def recordings() -> list[Path]:
    """What `nox -s record` has written; the gate looks at the tables of timelines."""
    ends = LANGUAGES.keys() - {".timeline"}
    return [path for end in ends for path in SNIPPETS.rglob(f"*{end}")]
