import pytest


def test_sum_of_two_floats() -> None:
    total = 0.1 + 0.2
    assert total != 0.3
    assert total == pytest.approx(0.3)


def test_list_of_floats() -> None:
    shares = [1 / 3, 2 / 3]
    assert shares == pytest.approx([0.333_333_3, 0.666_666_7])


def test_tolerance_grows_with_the_expected_value() -> None:
    inside, outside = 1_000_000.9, 1_000_001.1
    assert inside == pytest.approx(1_000_000)
    assert outside != pytest.approx(1_000_000)


def test_near_zero_the_tolerance_is_absolute() -> None:
    inside, outside = 1e-13, 1e-11
    assert inside == pytest.approx(0)
    assert outside != pytest.approx(0)
    assert outside == pytest.approx(0, abs=1e-10)


def test_cents_need_none_of_it() -> None:
    total_cents = 10 + 20
    assert total_cents == 30
