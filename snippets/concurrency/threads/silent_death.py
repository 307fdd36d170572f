from threading import Thread

PRICES = {"Salt Roads": 2200}


def sell(title: str, takings: list[int]) -> None:
    takings.append(PRICES[title])


def main() -> None:
    takings: list[int] = []
    tills = [
        Thread(
            target=sell, args=("Salt Roads", takings), name="till 1"
        ),
        Thread(
            target=sell, args=("Night Trains", takings), name="till 2"
        ),
    ]
    for till in tills:
        till.start()
    for till in tills:
        till.join()
    print("every till has finished")
    print("takings of the day:", sum(takings))


if __name__ == "__main__":
    main()
