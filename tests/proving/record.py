"""``nox -s record``: run examples and write down what they print.

``python tests/proving/record.py [ID …]``. Exit status 1 when an example is
red for any reason but a changed output: then nothing of it is written.
"""

import difflib
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from proving import recording, services
from proving.examples import BadSnippet, Example, examples
from proving.layout import relative
from proving.prove import cannot_run_here, found_by, run_everywhere
from proving.running import AT_ONCE, Run, Runners
from proving.server import NoService


def main(names: list[str]) -> int:
    """Record the named examples, or all; print each difference."""
    try:
        chosen = choose(names, examples())
    except BadSnippet as error:
        print(error, file=sys.stderr)
        return 2
    try:
        services.begin(chosen)
    except NoService as error:
        print(error, file=sys.stderr)
        return 2
    runners = Runners()
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            results = list(pool.map(lambda one: attempt(runners, one), chosen))
    finally:
        runners.close()
    red = sum(settle(one, runs) for one, runs in zip(chosen, results, strict=True))
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
        id = re.sub(r"^snippets/|\.(py|sql)$", "", name).strip("/")
        found = [e for e in known if e.id == id or e.id.startswith(id + "/")]
        if not found:
            near = difflib.get_close_matches(id, [e.id for e in known], 1, 0.4)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise BadSnippet(f"snippets/{id}:1: there is no such example{hint}")
        chosen += [example for example in found if example not in chosen]
    return chosen


def attempt(runners: Runners, example: Example) -> dict[str, Run] | str:
    """Run it on each of its databases, or say why it cannot be run here."""
    return cannot_run_here(example) or run_everywhere(example, runners)


def settle(example: Example, runs: dict[str, Run] | str) -> bool:
    """Write the recordings if the runs were sound; returns whether one was red."""
    if isinstance(runs, str):
        print(f"{relative(example.source)}: not recorded: {runs}")
        return False
    if problems := found_by(example, runs):
        print("\n".join(problems), file=sys.stderr)
        return True
    for name in services.missing(example.databases):
        print(f"{relative(example.source)}: not recorded on {name}: it is not here")
    for end, new in recording.texts(example, runs).items():
        path = example.recordings[end]
        old, name = recording.recorded(path), relative(path)
        if old != new:
            print(recording.diff(f"{name} (recorded)", name, old or "", new))
            recording.write(path, new)
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
