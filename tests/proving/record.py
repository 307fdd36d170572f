"""``nox -s record``: run examples and write down what they print.

``python tests/proving/record.py [ID …]``. Exit status 1 when an example is
red for any reason but a changed output: then nothing of it is written.
"""

import difflib
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from proving import recording, services
from proving.examples import BadSnippet, Example, examples
from proving.layout import relative
from proving.prove import cannot_run_here
from proving.running import Run, Runners


def main(names: list[str]) -> int:
    """Record the named examples, or all; print each difference."""
    try:
        chosen = choose(names, examples())
    except BadSnippet as error:
        print(error, file=sys.stderr)
        return 2
    for name in {name for example in chosen for name in example.services}:
        if not services.missing((name,)):
            services.running(name)
    runners = Runners()
    try:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            results = list(pool.map(lambda one: attempt(runners, one), chosen))
    finally:
        runners.close()
    red = sum(settle(one, run) for one, run in zip(chosen, results, strict=True))
    if not names:
        for path in recording.without_example():
            path.unlink()
            print(f"{relative(path)}: removed; no example writes it")
    print(f"{len(chosen) - red} of {len(chosen)} examples recorded")
    return 1 if red else 0


def choose(names: list[str], known: list[Example]) -> list[Example]:
    """The examples of these ids (or of these folders, or files)."""
    if not names:
        return known
    chosen = []
    for name in names:
        id = name.removeprefix("snippets/").removesuffix(".py").strip("/")
        found = [e for e in known if e.id == id or e.id.startswith(id + "/")]
        if not found:
            near = difflib.get_close_matches(id, [e.id for e in known], 1, 0.4)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise BadSnippet(f"snippets/{id}:1: there is no such example{hint}")
        chosen += [example for example in found if example not in chosen]
    return chosen


def attempt(runners: Runners, example: Example) -> Run | str:
    """Run it, or say why it cannot be run here."""
    return cannot_run_here(example) or runners.run(example)


def settle(example: Example, run: Run | str) -> bool:
    """Write the recordings if the run was sound; returns whether it was red."""
    if isinstance(run, str):
        print(f"{relative(example.source)}: not recorded: {run}")
        return False
    if run.problems:
        print("\n".join(run.problems), file=sys.stderr)
        return True
    for end, new in recording.texts(example, run).items():
        path = example.recordings[end]
        old = recording.recorded(path)
        if old != new:
            print(recording.diff(path, old or "", new))
            recording.write(path, new)
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
