import pytest


class Cart:
    def __init__(self) -> None:
        self.lines: list[tuple[str, int, int]] = []

    def add(self, title: str, price_cents: int, quantity: int = 1):
        if price_cents < 0:
            raise ValueError("a price is never negative")
        if quantity < 1:
            raise ValueError("a quantity is at least 1")
        self.lines.append((title, price_cents, quantity))


def test_adds_a_line() -> None:
    cart = Cart()
    cart.add("Salt Roads", 2200, quantity=2)
    assert cart.lines == [("Salt Roads", 2200, 2)]


@pytest.mark.refusal
def test_refuses_a_negative_price() -> None:
    with pytest.raises(ValueError, match="price"):
        Cart().add("Salt Roads", -1)


@pytest.mark.refusal
def test_refuses_a_quantity_of_zero() -> None:
    with pytest.raises(ValueError, match="quantity"):
        Cart().add("Salt Roads", 2200, quantity=0)
