"""What is true of every page as a document."""

import node
import pytest
from checks import outline, validity
from needed import java_program
from site_pages import SITE, pages
from site_report import Measure


@pytest.mark.parametrize("name", pages())
def test_page_has_an_outline(name: str) -> None:
    """Language, title, description, and headings in order."""
    assert not outline.problems(SITE, name)


def test_no_two_pages_are_called_the_same() -> None:
    """Titles and descriptions tell the pages apart."""
    assert not outline.twins(SITE, pages())


def test_html_is_valid(measured: Measure) -> None:
    """The Nu Html Checker has nothing to say of any page."""
    found = validity.problems(SITE, pages(), java_program(), node.module("vnu-jar"))
    for name in pages():
        measured(name, html_messages=len(found[name]))
    assert not [message for messages in found.values() for message in messages]
