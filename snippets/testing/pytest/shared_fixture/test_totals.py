def test_total(catalogue: dict[str, int], cart: list[str]) -> None:
    cart += ["The Tide Clock", "Salt Roads", "Salt Roads"]
    assert sum(catalogue[title] for title in cart) == 6250
