"""Proving an example: run it, compare it, and do not repeat what is proven.

A proof is kept in ``build/cache`` under the hash of everything the run
depends on; the same inputs are not run again, except with ``--fresh``.
"""

import json
import os
import platform
import sys
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path

from proving import recording, services
from proving.examples import Example
from proving.layout import BUILD, INTERPRETER, LOCK, digest
from proving.running import Run, Runners

HERE = Path(__file__).parent
CACHE = BUILD / "cache" / INTERPRETER


@dataclass(frozen=True)
class Outcome:
    """What is known of an example after this session.

    ``not_run`` says why it could not be run here; ``repeated`` is False when
    an earlier run with the same inputs proved it. ``seconds`` has how long it
    took on each database (under "" without one); ``missing`` names the others.
    """

    output: str = ""
    problems: tuple[str, ...] = ()
    not_run: str = ""
    repeated: bool = True
    seconds: dict[str, float] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def prove(example: Example, runners: Runners, fresh: bool = False) -> Outcome:
    """Run the example unless the same inputs were proven, and compare."""
    reason = cannot_run_here(example)
    if reason:
        return Outcome(not_run=reason)
    path = place(example)
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
    if example.databases and set(example.databases) == set(
        services.missing(example.databases)
    ):
        absent = list(example.databases)
    if absent:
        return f"needs a server that is not here: {', '.join(absent)}"
    return ""


def judged(example: Example, runners: Runners) -> Outcome:
    """Run the example as often as it takes, and compare each run."""
    times = recording.RERUNS if example.any_order else 1
    for _ in range(times):
        runs = run_everywhere(example, runners)
        new = recording.texts(example, runs)
        problems = found_by(example, runs) or list(recording.compare(example, new))
        if problems:
            break
    return Outcome(
        output=next(iter(runs.values())).output,
        problems=tuple(problems),
        seconds={name: run.seconds for name, run in runs.items()},
        missing=tuple(services.missing(example.databases)),
    )


def run_everywhere(example: Example, runners: Runners) -> dict[str, Run]:
    """One run on each of its databases that is here; one under "" without any."""
    absent = services.missing(example.databases)
    here = [name for name in example.databases if name not in absent]
    return {name: runners.run(example, name) for name in here or [""]}


def found_by(example: Example, runs: dict[str, Run]) -> list[str]:
    """What is wrong with these runs, each by itself and side by side."""
    names = {name: f" (on {name})" if len(runs) > 1 else "" for name in runs}
    alone = [f"{p}{names[name]}" for name, run in runs.items() for p in run.problems]
    return alone or list(recording.disagreements(example, runs))


def inputs(example: Example) -> str:
    """The hash of all that the run's result can depend on."""
    parts: list[bytes | str] = [machinery(), example.id, example.command]
    parts += [json.dumps(example.declared, sort_keys=True)]
    parts += [services.fingerprint((*example.services, *example.databases))]
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


def place(example: Example) -> Path:
    """Where the outcome of a run with these inputs is kept."""
    return CACHE / f"{inputs(example)}.json"


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
