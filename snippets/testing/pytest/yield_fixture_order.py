from collections.abc import Iterator

import pytest


@pytest.fixture
def shop() -> Iterator[dict[str, int]]:
    print("\n  open the shop")
    yield {"Night Trains": 1}
    print("  close the shop")


@pytest.fixture
def till(shop: dict[str, int]) -> Iterator[list[str]]:
    print(f"  open a till, stock {shop}")
    receipts: list[str] = []
    yield receipts
    print(f"  close the till, {len(receipts)} receipt(s)")


@pytest.fixture
def customer() -> str:
    return "Emi Sato"


def test_one_sale(till: list[str], customer: str) -> None:
    till.append(f"{customer}: Night Trains")
    print("  sell one book")
    assert till == ["Emi Sato: Night Trains"]


def test_a_failing_sale(till: list[str]) -> None:
    print("  the test fails")
    assert till, "no receipt was printed"
