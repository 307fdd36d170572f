import time
from threading import Event, Thread

NAP = 0.05  # seconds; by then till 1 has sold, surely
BUSY = True


def sell(till: str, receipts: list[str]) -> None:
    receipts.append(till)


def run_late(till: str, receipts: list[str], quiet: Event) -> None:
    """On a busy machine, a thread gets its turn when there is time."""
    quiet.wait()
    sell(till, receipts)


def test_the_receipts_are_in_order() -> None:
    receipts: list[str] = []
    quiet = Event()
    if not BUSY:
        quiet.set()
    till_1 = Thread(target=run_late, args=("till 1", receipts, quiet))
    till_1.start()
    time.sleep(NAP)
    sell("till 2", receipts)
    quiet.set()
    till_1.join()
    assert receipts == ["till 1", "till 2"]
