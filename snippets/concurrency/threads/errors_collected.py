from threading import Thread

PRICES = {"Salt Roads": 2200}


def sell(title: str) -> int:
    return PRICES[title]


def keep_outcome(
    title: str, results: dict[str, int], errors: dict[str, Exception]
) -> None:
    try:
        results[title] = sell(title)
    except Exception as error:
        errors[title] = error


def main() -> None:
    results: dict[str, int] = {}
    errors: dict[str, Exception] = {}
    tills = [
        Thread(target=keep_outcome, args=(title, results, errors))
        for title in ("Salt Roads", "Night Trains")
    ]
    for till in tills:
        till.start()
    for till in tills:
        till.join()
    print("results:", results)
    for title, error in errors.items():
        print(f"{title}: {type(error).__name__}")


if __name__ == "__main__":
    main()
