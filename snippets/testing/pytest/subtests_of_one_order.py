import pytest

PRICES = {"The Tide Clock": 1850, "Salt Roads": 2200}
STOCK = {"The Tide Clock": 12, "Salt Roads": 3}


def test_every_line_can_be_sent(subtests: pytest.Subtests) -> None:
    order = [
        ("The Tide Clock", 1, 1850),
        ("Salt Roads", 4, 2200),
        ("Salt Roads", 2, 2200),
    ]
    for title, quantity, price in order:
        with subtests.test(title, quantity=quantity):
            assert price == PRICES[title]
            assert quantity <= STOCK[title]
