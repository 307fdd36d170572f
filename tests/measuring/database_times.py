"""What it costs to record statements, and to run on each database."""

import sys
import time
from statistics import median

from measuring.table import Row
from proving import services
from proving.examples import Example, examples
from proving.running import Runner


def on_each_database(repeats: int) -> list[Row]:
    """The examples of all databases, by one warm runner, one after another.

    Everything is relative to the same run on SQLite, statements recorded. A
    database of its own is made and dropped for each run.
    """
    chosen = [one for one in examples() if len(one.databases) > 1]
    names = [name for name in chosen[0].databases if not services.missing((name,))]
    services.begin(chosen)
    runner = Runner(warm_after=0)
    seconds: dict[str, list[float]] = {name: [] for name in ["", *names]}
    run_all(runner, chosen, "")  # so that nobody pays for the warming up
    for _ in range(repeats):
        for name, times in seconds.items():
            times.append(run_all(runner, chosen, name))
    runner.close()
    base = median(seconds["sqlite"])
    return [
        Row(
            f"{len(chosen)} database examples, {described(name)}",
            f"{median(times):.2f} s",
            f"SQLite, recorded: {base:.2f} s",
            f"{median(times) / base:.2f}",
        )
        for name, times in seconds.items()
    ]


def described(name: str) -> str:
    """What was different about these runs."""
    return f"recorded on {services.version(name)}" if name else "nothing recorded"


def run_all(runner: Runner, chosen: list[Example], name: str) -> float:
    """Seconds from the first to the last verdict."""
    begin = time.perf_counter()
    runs = [runner.run(one, name) for one in chosen]
    total = time.perf_counter() - begin
    for one, run in zip(chosen, runs, strict=True):
        if run.problems:
            sys.exit(f"{one.id} is red:\n" + "\n".join(run.problems))
    return total
