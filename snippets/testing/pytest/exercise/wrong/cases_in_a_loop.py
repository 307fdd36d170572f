"""A loop in a test is one case: its first failure hides the rest."""

from collections.abc import Iterator
from typing import ClassVar

import pytest


class Cart:
    """The lines of one customer. A till counts its open carts."""

    open_carts: ClassVar[int] = 0

    def __init__(self) -> None:
        self.lines: list[tuple[str, int, int]] = []
        Cart.open_carts += 1

    def add(
        self, title: str, price_cents: int, quantity: int = 1
    ) -> None:
        if price_cents < 0:
            raise ValueError(f"price of {title!r} is negative")
        if quantity < 1:
            raise ValueError(f"quantity of {title!r} is below 1")
        self.lines.append((title, price_cents, quantity))

    def total(self) -> int:
        return sum(price * copies for _, price, copies in self.lines)

    def close(self) -> None:
        self.lines.clear()
        Cart.open_carts -= 1


# ----------------------------------------------------------------------


@pytest.fixture
def cart() -> Iterator[Cart]:
    cart = Cart()
    yield cart
    cart.close()


TOTALS = [
    ([], 0),
    ([("Salt Roads", 2200, 1)], 2200),
    ([("Salt Roads", 2200, 2)], 4400),
    ([("Catalogue", 0, 1)], 0),
    ([("The Tide Clock", 1850, 1), ("Salt Roads", 2200, 2)], 6250),
]


def test_total(cart: Cart) -> None:
    for lines, expected in TOTALS:
        cart.lines.clear()
        for line in lines:
            cart.add(*line)
        assert cart.total() == expected


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("price_cents", "quantity", "message"),
    [
        pytest.param(-1, 1, "price", id="one cent below zero"),
        pytest.param(-2200, 1, "price", id="sign of the price"),
        pytest.param(2200, 0, "quantity", id="no copy"),
        pytest.param(2200, -1, "quantity", id="sign of the quantity"),
    ],
)
def test_refusal(
    cart: Cart, price_cents: int, quantity: int, message: str
) -> None:
    with pytest.raises(ValueError, match=f"^{message} of"):
        cart.add("Salt Roads", price_cents, quantity)
    assert cart.lines == []
