from threading import Thread


def sell(title: str, receipts: list[str]) -> None:
    receipts.append(title)


def main() -> None:
    receipts: list[str] = []
    till = Thread(target=sell, args=("Night Trains", receipts))
    for _customer in ("Amara", "Bilal"):
        till.start()
        till.join()
        print("receipts:", receipts)


if __name__ == "__main__":
    main()
