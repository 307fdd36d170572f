import threading
from threading import Thread

PRICES = {"Salt Roads": 2200}


def sell(title: str, takings: list[int]) -> None:
    takings.append(PRICES[title])


def main() -> None:
    takings: list[int] = []
    failures: list[str] = []

    def notice(failure: threading.ExceptHookArgs) -> None:
        what = f"{failure.exc_type.__name__}: {failure.exc_value}"
        failures.append(f"{failure.thread.name}, {what}")

    tills = [
        Thread(
            target=sell, args=("Salt Roads", takings), name="till 1"
        ),
        Thread(
            target=sell, args=("Night Trains", takings), name="till 2"
        ),
    ]
    usual = threading.excepthook
    threading.excepthook = notice
    try:
        for till in tills:
            till.start()
        for till in tills:
            till.join()
    finally:
        threading.excepthook = usual
    print("failures:", failures)
    if not failures:
        print("takings of the day:", sum(takings))


if __name__ == "__main__":
    main()
