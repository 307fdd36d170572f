"""``mkdocs build``, with a clock in the gate and in the example blocks.

Run as a script in the folder of a project.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path("docs/.build").resolve()))

from mkdocs.__main__ import cli

import example
import gate

spent = {"gate": 0.0, "blocks": 0.0, "highlighting": 0.0}


def timed(name: str, function: Callable) -> Callable:
    """The function, its seconds added up."""

    def measured(*arguments: object, **options: object) -> object:
        begin = time.perf_counter()
        try:
            return function(*arguments, **options)
        finally:
            spent[name] += time.perf_counter() - begin

    return measured


if __name__ == "__main__":
    gate.check_site = timed("gate", gate.check_site)
    example.Figure.on_create = timed("blocks", example.Figure.on_create)
    example.highlighted = timed("highlighting", example.highlighted)
    cli(["build", "--strict", "--quiet"], standalone_mode=False)
    print(json.dumps(spent))
