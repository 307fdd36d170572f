"""Every snippet runs in a process of its own and prints what was recorded."""

import os

import pytest

from proving import recording
from proving.board import Board
from proving.examples import BadSnippet, Example, examples
from proving.layout import relative

DEMAND_ALL = "PROVEN_DEMAND_ALL"  # set where nothing may be left out

try:
    EXAMPLES = examples()
except BadSnippet:  # reported, with its message, when the session starts
    EXAMPLES = []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_example(example: Example, board: Board) -> None:
    """It ends as it says, leaves nothing behind and equals its recording."""
    outcome = board.outcome(example)
    if outcome.problems:
        pytest.fail("\n".join(outcome.problems), pytrace=False)
    if outcome.not_run and example.runs_on() and os.environ.get(DEMAND_ALL):
        pytest.fail(
            f"{relative(example.source)}:1: not run here: {outcome.not_run}; "
            f"{DEMAND_ALL} demands every example",
            pytrace=False,
        )
    if outcome.missing and os.environ.get(DEMAND_ALL):
        pytest.fail(
            f"{relative(example.source)}:1: not run on {', '.join(outcome.missing)}; "
            f"{DEMAND_ALL} demands every database",
            pytrace=False,
        )
    board.enter(example, outcome)
    if outcome.not_run:
        pytest.skip(f"{relative(example.source)} {outcome.not_run}")


def test_no_recording_without_an_example() -> None:
    """A recording whose example is gone is stale."""
    stale = [
        f"{relative(path)}:1: no example writes this recording; delete it"
        for path in recording.without_example()
    ]
    assert not stale, "\n".join(stale)
