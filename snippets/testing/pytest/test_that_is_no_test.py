def total_cents(prices: list[int]) -> int:
    """The sum of the prices, but one line gets lost."""
    return sum(prices[1:])


async def total_later(prices: list[int]) -> int:
    return total_cents(prices)


def test_total() -> None:
    """The sum of the prices is 6250."""


def test_total_runs() -> None:
    total_cents([1850, 2200, 2200])


def test_total_returned() -> bool:
    return total_cents([1850, 2200, 2200]) == 6250


async def test_total_later() -> None:
    assert await total_later([1850, 2200, 2200]) == 6250
