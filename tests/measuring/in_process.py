"""Run examples by pytest-examples, all in this one process.

The bench names this file to a pytest of its own, and the examples in an
environment variable; no other session collects it.
"""

import contextlib
import io
import json
import os
import sys
import time
from pathlib import Path

import pytest
from pytest_examples import CodeExample, EvalExample

from proving import recording
from proving.examples import Example, examples
from proving.normalise import normalise

IDS = "BENCH_EXAMPLES"


def test_all(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run them one after another, and print how long that took."""
    wanted = os.environ[IDS].split()
    chosen = [example for example in examples() if example.id in wanted]
    main = sys.modules["__main__"]
    same, total = 0, 0.0
    for number, example in enumerate(chosen):
        folder = tmp_path / str(number)
        (folder / "cwd").mkdir(parents=True)
        monkeypatch.chdir(folder / "cwd")
        begin = time.perf_counter()
        printed = run(example, EvalExample(tmp_path=folder, pytest_request=request))
        total += time.perf_counter() - begin
        text = recording.transcript(example, normalise(printed))
        same += text == recording.recorded(example.recording)
    sys.modules["__main__"] = main
    print()
    print(json.dumps({"seconds": total, "as_recorded": same}))


def run(example: Example, runner: EvalExample) -> str:
    """Run one of them, whatever comes of it; what it printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            runner.run(CodeExample.create(example.source.read_text("utf-8")))
        except (Exception, SystemExit) as error:
            print(type(error).__name__)
    return printed.getvalue()
