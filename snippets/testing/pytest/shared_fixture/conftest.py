from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def catalogue() -> dict[str, int]:
    return {"The Tide Clock": 1850, "Salt Roads": 2200}


@pytest.fixture
def cart() -> Iterator[list[str]]:
    lines: list[str] = []
    yield lines
    lines.clear()
