import pytest


def discount_cents(total_cents: int) -> int:
    """10 % from 5000 c on, 15 % from 10000 c on, rounded down."""
    if total_cents > 10_000:
        percent = 15
    elif total_cents >= 5_000:
        percent = 10
    else:
        percent = 0
    return total_cents * percent // 100


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        pytest.param(0, 0, id="empty cart"),
        pytest.param(4_999, 0, id="one cent too few"),
        pytest.param(5_000, 500, id="first step"),
        pytest.param(6_250, 625, id="order of Amara"),
        pytest.param(9_999, 999, id="rounded down"),
        pytest.param(10_000, 1_500, id="second step"),
    ],
)
def test_discount(total: int, expected: int) -> None:
    assert discount_cents(total) == expected
