"""Proving an example: run it, compare it, and do not repeat what is proven.

A proof is kept in ``build/cache`` under the hash of everything the run
depends on; the same inputs are not run again, except with ``--fresh``.
"""

import json
import os
import platform
import sys
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from proving import recording, services
from proving.examples import Example
from proving.layout import BUILD, INTERPRETER, LOCK, digest
from proving.running import Runners

HERE = Path(__file__).parent
CACHE = BUILD / "cache" / INTERPRETER


@dataclass(frozen=True)
class Outcome:
    """What is known of an example after this session.

    ``not_run`` says why it could not be run here; ``repeated`` is False when
    an earlier run with the same inputs proved it.
    """

    output: str = ""
    problems: tuple[str, ...] = ()
    not_run: str = ""
    repeated: bool = True


def prove(example: Example, runners: Runners, fresh: bool = False) -> Outcome:
    """Run the example unless the same inputs were proven, and compare."""
    reason = cannot_run_here(example)
    if reason:
        return Outcome(not_run=reason)
    path = CACHE / f"{inputs(example)}.json"
    if not fresh and path.is_file():
        return replace(known(path), repeated=False)
    outcome = judged(example, runners)
    if not outcome.problems:
        keep(path, outcome)
    return outcome


def cannot_run_here(example: Example) -> str:
    """Why the example cannot be run on this machine; empty when it can."""
    if not example.runs_on():
        return f"needs Python {example.python}"
    absent = services.missing(example.services)
    if absent:
        return f"needs a server that is not here: {', '.join(absent)}"
    return ""


def judged(example: Example, runners: Runners) -> Outcome:
    """Run the example as often as it takes, and compare each run."""
    times = recording.RERUNS if example.any_order else 1
    for _ in range(times):
        run = runners.run(example)
        new = recording.texts(example, run)
        problems = run.problems or list(recording.compare(example, new))
        if problems:
            break
    return Outcome(run.output, tuple(problems))


def inputs(example: Example) -> str:
    """The hash of all that the run's result can depend on."""
    parts: list[bytes | str] = [machinery(), example.id, example.command]
    parts += [json.dumps(example.declared, sort_keys=True)]
    parts += [services.fingerprint(example.services)]
    for path in example.recordings.values():
        parts += [path.name, recording.recorded(path) or ""]
    for name, path in sorted(example.files.items()):
        parts += [name, path.read_bytes()]
    return digest(*parts)


@cache
def machinery() -> str:
    """The hash of what all examples share: interpreter, lock file, runner."""
    own = [path.read_bytes() for path in sorted(HERE.glob("*.py"))]
    return digest(sys.version, platform.platform(), LOCK.read_bytes(), *own)


def known(path: Path) -> Outcome:
    """An outcome that an earlier run has left."""
    return Outcome(**json.loads(path.read_text("utf-8")) | {"problems": ()})


def keep(path: Path, outcome: Outcome) -> None:
    """Leave an outcome for later runs, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(asdict(outcome)), "utf-8")
    part.replace(path)


def forget_all_but(examples: list[Example]) -> None:
    """Remove what the cache holds of texts that are no more."""
    current = {inputs(example) for example in examples}
    for path in CACHE.glob("*.json"):
        if path.stem not in current:
            path.unlink()
