def distinct(titles: list[str]) -> list[str]:
    """Each title of a cart once, in the order they were added."""
    return sorted(set(titles))


def test_empty_cart_has_no_titles() -> None:
    assert distinct([]) == []


def test_titles_keep_their_order() -> None:
    titles = ["Salt Roads", "Night Trains", "Salt Roads"]
    assert distinct(titles) == ["Salt Roads", "Night Trains"]
