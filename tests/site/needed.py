"""What a check needs and this machine may not have."""

import os
import shutil
from typing import NoReturn

import pytest

# First the one without windows, which takes half as long.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def browser_program() -> str:
    """The system's Chromium."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    return program or missing("no browser is here: install chromium")


def java_program() -> str:
    """The system's Java, which the HTML checker runs on."""
    return shutil.which("java") or missing("no java is here: install a JRE")


def missing(reason: str) -> NoReturn:
    """Skip with the reason; fail where nothing may be left out."""
    if os.environ.get("PROVEN_DEMAND_ALL"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
