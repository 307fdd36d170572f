import time
from threading import Thread

ANSWER_TIME = 0.01  # seconds a supplier takes
NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}


def ask(supplier: str, isbn: str) -> int:
    time.sleep(ANSWER_TIME)
    return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


def note(offers: dict[str, int], supplier: str, isbn: str) -> None:
    offers[supplier] = ask(supplier, isbn)


def main() -> None:
    offers: dict[str, int] = {}
    threads = [
        Thread(target=note, args=(offers, supplier, NIGHT_TRAINS))
        for supplier in EXTRA_CENTS
    ]
    for thread in threads:
        thread.start()
    answers = [thread.join() for thread in threads]
    print("join returned:", answers)
    for supplier in sorted(offers):
        print(f"{supplier}: {offers[supplier]} c")
    print("cheapest:", min(offers, key=offers.get))


if __name__ == "__main__":
    main()
