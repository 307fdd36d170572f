"""Every example that has the button Run prints in the page what is recorded."""

import json
import re

import pytest
from checks import privacy
from needed import missing
from playwright.sync_api import Browser
from running import Figure, example, open_listening, running_pages, texts
from site_pages import pages, soup_of
from visit import visiting

from proving import in_page, recording
from proving.normalise import normalise

HOME = "/home/reader/"  # as terminal.py's folder is named in the page
RUNNING = [
    pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in running_pages()
]


def test_what_runs_has_a_button() -> None:
    """Exactly the examples that were tried and found to run have it."""
    if not RUNNING:
        missing("build/site:1: nothing runs in its pages; run: nox -s site")
    tried = json.loads(in_page.FILE.read_text("utf-8"))["examples"]
    for name in pages():
        for figure in soup_of(name).select("figure[data-example]"):
            id = re.sub(r"\.(py|sql)$", "", figure["data-example"])
            found = tried.get(id)
            if found:
                assert figure.has_attr("data-run") != bool(found["why_not"]), name


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", RUNNING)
def test_every_example_prints_its_recording(
    browser: Browser, address: str, name: str
) -> None:
    """One after the other: the snippet is what runs, the recording what comes."""
    with visiting(browser, address) as visit:
        open_listening(visit, name)
        visit.open_folds()
        for id in visit.page.locator("figure[data-run]").evaluate_all(
            "figures => figures.map(figure => figure.dataset.example)"
        ):
            figure = Figure(visit.page, id)
            figure.ends()
            one = example(id)
            assert figure.ran() == {"files": texts(one), "command": one.command}
            printed = figure.printed("stdout") + figure.printed("stderr")
            compare(one, printed.replace(HOME, f"{in_page.FOLDER}/"))
        assert not privacy.problems(visit)


def compare(one: object, printed: str) -> None:
    """The output equals the recording, by the rules of every other run."""
    new = recording.transcript(one, normalise(printed))
    old = recording.recorded(one.recording)
    lines = [recording.comparable(one, ".out", text) for text in (old, new)]
    assert lines[0] == lines[1], recording.diff("recorded", "in the page", old, new)
