"""What is true of every page, in the browser; the numbers go into the report."""

import node
import pytest
from checks import (
    axe,
    keyboard,
    links,
    menu,
    motion,
    no_scripts,
    pictures,
    privacy,
    scrolling,
    unused,
    weight,
)
from playwright.sync_api import Browser
from site_report import Measure
from visit import Visit, visiting

SLOW = pytest.mark.slow_check
# What only a wide window shows is the frame of a page: one lesson has that of all.
FRAME = pytest.mark.frame_check
DESKTOP_AND_PHONE = pytest.mark.parametrize(
    "width", [pytest.param(1280, marks=FRAME), 390]
)
KNOWN: dict[str, set[str] | None] = {}


def test_a_first_visit_is_light(visit: Visit, measured: Measure) -> None:
    """Few bytes are transferred, and the page has few elements."""
    weighed = weight.weigh(visit)
    measured(
        visit.name,
        KiB=weighed.kib,
        requests=len(weighed.resources),
        elements=weighed.elements,
    )
    assert not weight.problems(visit, weighed)


@SLOW
def test_nothing_is_loaded_in_vain(visit: Visit) -> None:
    """Each style sheet and each early request is used."""
    assert not unused.problems(visit)


def test_pictures_have_a_size(visit: Visit) -> None:
    """The text does not jump when a picture comes."""
    assert not pictures.problems(visit)


def test_links_lead_somewhere(visit: Visit) -> None:
    """The server has every page and every anchor that is linked."""
    assert not links.problems(visit, KNOWN)


@SLOW
def test_nothing_moves(visit: Visit) -> None:
    """Readers who asked for less motion get none."""
    assert not motion.problems(visit)


@SLOW
def test_axe_finds_nothing(visit: Visit, measured: Measure) -> None:
    """No violation, in two schemes and three widths."""
    found = axe.problems(visit, node.module("axe-core"))
    measured(visit.name, axe_runs=axe.RUNS, axe_violations=len(found))
    assert not found


@SLOW
@DESKTOP_AND_PHONE
def test_keyboard_reaches_everything(
    visit: Visit, width: int, measured: Measure
) -> None:
    """Tab leads through the whole page, in order, and one sees where it is."""
    stops = keyboard.walk(visit, width)
    measured(visit.name, **{f"stops_{width}": len(stops)})
    assert not keyboard.problems(visit, stops, width)


@SLOW
@DESKTOP_AND_PHONE
def test_arrow_keys_scroll(visit: Visit, width: int) -> None:
    """Wide code and wide tables can be read without a mouse."""
    assert not scrolling.problems(visit, width)


def test_page_fits_a_phone(visit: Visit) -> None:
    """No page is wider than a phone; what is wide scrolls within itself."""
    visit.resize(390)
    visit.again()
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390


@SLOW
def test_skip_link_skips(visit: Visit) -> None:
    """The navigation can be passed over."""
    assert not keyboard.skip_link(visit)


@SLOW
def test_menu_opens_with_the_keyboard(visit: Visit) -> None:
    """On a phone's width, too, the menu needs no mouse."""
    assert not menu.problems(visit)


@SLOW
def test_controls_do_no_harm(visit: Visit, browser: Browser, address: str) -> None:
    """Using everything asks no other host, sets no cookie and fails at nothing."""
    with visiting(browser, address, visit.name) as other:
        privacy.click_everything(other)
        assert not privacy.problems(other)


@SLOW
def test_whole_without_scripts(visit: Visit, browser: Browser, address: str) -> None:
    """Text, code, folds and menu are there without JavaScript."""
    options = {"java_script_enabled": False}
    with visiting(browser, address, visit.name, **options) as plain:
        assert not no_scripts.problems(plain)


def test_nothing_has_failed(visit: Visit) -> None:
    """After all that: no error, no other host, no cookie."""
    assert not privacy.problems(visit)
