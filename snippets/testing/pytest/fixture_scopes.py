import itertools

import pytest

catalogue_number = itertools.count(1)
basket_number = itertools.count(1)


@pytest.fixture(scope="module")
def catalogue() -> str:
    return f"catalogue {next(catalogue_number)}"


@pytest.fixture
def basket(catalogue: str) -> str:
    return f"basket {next(basket_number)} from {catalogue}"


def test_amara(basket: str) -> None:
    assert basket == "basket 1 from catalogue 1"


def test_bilal(basket: str, catalogue: str) -> None:
    assert basket == "basket 2 from catalogue 1"
    assert catalogue == "catalogue 1"
