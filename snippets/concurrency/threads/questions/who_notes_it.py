from threading import Thread, current_thread


def note(places: list[str]) -> None:
    places.append(current_thread().name)


def main() -> None:
    places: list[str] = []
    till = Thread(target=note(places), name="till")
    till.start()
    till.join()
    print(places)


if __name__ == "__main__":
    main()
