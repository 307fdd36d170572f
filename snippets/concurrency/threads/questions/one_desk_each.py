from threading import Thread, local

desk = local()


def look(seen: list[bool]) -> None:
    seen.append(hasattr(desk, "receipt"))


def main() -> None:
    seen: list[bool] = []
    desk.receipt = "Salt Roads"
    till = Thread(target=look, args=(seen,))
    till.start()
    till.join()
    print(seen)


if __name__ == "__main__":
    main()
