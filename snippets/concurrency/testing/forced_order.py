from threading import Event, Thread

LIMIT = 30.0  # seconds; only a broken build waits as long


def sell(till: str, receipts: list[str]) -> None:
    receipts.append(till)


def sell_and_open(receipts: list[str], gate: Event) -> None:
    sell("till 1", receipts)
    gate.set()


def wait_and_sell(receipts: list[str], gate: Event) -> None:
    assert gate.wait(LIMIT), "nobody opened the gate"
    sell("till 2", receipts)


def test_the_receipts_are_in_order() -> None:
    receipts: list[str] = []
    gate = Event()
    tills = [
        Thread(target=wait_and_sell, args=(receipts, gate)),
        Thread(target=sell_and_open, args=(receipts, gate)),
    ]
    for till in tills:
        till.start()
    for till in tills:
        till.join()
    assert receipts == ["till 1", "till 2"]
