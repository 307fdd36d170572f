from collections.abc import Iterator

import pytest

basket: list[str] = []


@pytest.fixture(autouse=True)
def clean_basket() -> Iterator[None]:
    yield
    basket.clear()


def test_amara_adds_two_books() -> None:
    basket.append("The Tide Clock")
    basket.append("Salt Roads")
    assert len(basket) == 2


def test_bilal_starts_empty() -> None:
    assert basket == []
    basket.append("snake_case Stories")


def test_emi_starts_empty_too() -> None:
    assert basket == []
