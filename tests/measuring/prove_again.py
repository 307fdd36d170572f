"""Prove everything once more, and say how long each step took.

Run as a script in a copy of the project, whose cache is full.
"""

import json
import sys
import time
from pathlib import Path

begin = time.perf_counter()
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from proving.examples import examples  # noqa: E402
from proving.prove import prove  # noqa: E402
from proving.running import Runner, start_nursery  # noqa: E402


def main() -> dict:
    """The seconds of each step, and how many examples were run again."""
    imported = time.perf_counter()
    known = examples()
    found = time.perf_counter()
    runner = Runner()
    runner.nursery = start_nursery()
    warm = time.perf_counter()
    outcomes = [prove(example, runner) for example in known]
    proven = time.perf_counter()
    runner.close()
    problems = [text for outcome in outcomes for text in outcome.problems]
    if problems:
        sys.exit("\n".join(problems))
    return {
        "imports": imported - begin,
        "finding the examples": found - imported,
        "warm-up of a nursery": warm - found,
        "proving": proven - warm,
        "repeated": sum(one.repeated and not one.not_run for one in outcomes),
    }


if __name__ == "__main__":
    print(json.dumps(main()))
