"""``nox -s bench``: measure proving and building, as one Markdown table.

Everything is measured in one run on one machine, and compared with something
else measured in the same run. Exit status 1 when a limit is missed.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from measuring import building, database_times, proving_times
from measuring.table import markdown
from proving.layout import ROOT

NOT_COPIED = (".git", ".nox", "build", "site", "__pycache__", ".ruff_cache")


def main(arguments: list[str]) -> int:
    """Measure, print the table, and say whether every limit holds."""
    options = parse(arguments)
    folder = Path(tempfile.mkdtemp(prefix="bench-")).resolve()
    try:
        project = folder / "project"
        shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(*NOT_COPIED))
        proving_times.fill(project)
        built = building.rows(project, folder, options.sizes, options.repeats)
        rows = proving_times.all_examples(options.repeats)
        rows += proving_times.after_a_change(project, options.repeats)
        rows += database_times.on_each_database(options.repeats)
        rows += built
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    version = platform.python_version()
    print(f"CPython {version}, {os.cpu_count()} processors, ", end="")
    print(f"median of {options.repeats}\n")
    print(markdown(rows))
    return 1 if any(row.missed for row in rows) else 0


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options, with how many times our lessons are built."""
    parser = argparse.ArgumentParser(prog="nox -s bench --", description=__doc__)
    parser.add_argument("--repeats", type=int, default=3, help="an odd number")
    parser.add_argument("--quick", action="store_true", help="once, with fewer lessons")
    options = parser.parse_args(arguments)
    if options.repeats < 1 or options.repeats % 2 == 0:
        parser.error("--repeats is an odd number, for a median that was measured")
    options.sizes = (1, 3, 9)
    if options.quick:
        options.repeats, options.sizes = 1, (1, 2)
    return options


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
