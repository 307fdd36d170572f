import pytest


@pytest.fixture
def prices() -> list[int]:
    return [1850, 2200, 2200]


def test_calls_the_fixture() -> None:
    assert sum(prices()) == 6250


def test_asks_for_the_fixture(prices: list[int]) -> None:
    assert sum(prices) == 6250
