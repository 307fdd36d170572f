from threading import Thread

import pytest
from clash import Clash, prepared
from stock import HastyCounter, StockCounter


def sell_at_two_tills(kind: type[HastyCounter]) -> list[bool]:
    counter = prepared(kind, Clash())
    answers: list[bool] = []
    tills = [
        Thread(target=lambda: answers.append(counter.sell()))
        for _ in range(2)
    ]
    for till in tills:
        till.start()
    for till in tills:
        till.join()
    return sorted(answers)


@pytest.mark.parametrize("attempt", range(50))
def test_hasty_tills_sell_one_copy_twice(attempt: int) -> None:
    assert sell_at_two_tills(HastyCounter) == [True, True]


@pytest.mark.parametrize("attempt", range(50))
def test_one_copy_is_sold_once(attempt: int) -> None:
    assert sell_at_two_tills(StockCounter) == [False, True]
