from collections.abc import Callable
from threading import Barrier, Thread

Sale = Callable[[dict[str, int], Barrier], str]


def look_then_take(shelf: dict[str, int], all_here: Barrier) -> str:
    if "Night Trains" in shelf:
        all_here.wait()
        try:
            return f"sold for {shelf.pop('Night Trains')}"
        except KeyError:
            return "KeyError"
    return "sold out"


def take(shelf: dict[str, int], all_here: Barrier) -> str:
    all_here.wait()
    cents = shelf.pop("Night Trains", None)
    return "sold out" if cents is None else f"sold for {cents}"


def at_two_tills(sell: Sale) -> list[str]:
    shelf, all_here = {"Night Trains": 1250}, Barrier(2)
    answers: list[str] = []
    tills = [
        Thread(target=lambda: answers.append(sell(shelf, all_here)))
        for _ in range(2)
    ]
    for till in tills:
        till.start()
    for till in tills:
        till.join()
    return sorted(answers)


def main() -> None:
    print("look, then take:", at_two_tills(look_then_take))
    print("one operation:", at_two_tills(take))


if __name__ == "__main__":
    main()
