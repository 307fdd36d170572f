import pytest


def price_cents(text: str) -> int:
    return int(text)


def test_refuses_what_is_no_price() -> None:
    with pytest.raises(ValueError):
        price_cents("twelve")
        price_cents("1250")
        assert price_cents("-1") > 0
