from threading import Thread

import pytest

PRICES = {"Salt Roads": 2200}


def sell(title: str, takings: list[int]) -> None:
    takings.append(PRICES[title])


def sell_in_a_thread(title: str) -> None:
    till = Thread(target=sell, args=(title, []), name="till 1")
    till.start()
    till.join()


def test_sale() -> None:
    sell_in_a_thread("Night Trains")


@pytest.mark.filterwarnings(
    "error::pytest.PytestUnhandledThreadExceptionWarning"
)
def test_strict_sale() -> None:
    sell_in_a_thread("Night Trains")
