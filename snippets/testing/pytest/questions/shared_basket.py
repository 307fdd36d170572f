import pytest


@pytest.fixture(scope="module")
def basket() -> list[str]:
    return []


def test_first_book(basket: list[str]) -> None:
    basket.append("Salt Roads")
    assert len(basket) == 1


def test_other_book(basket: list[str]) -> None:
    basket.append("Night Trains")
    assert len(basket) == 1
