from threading import Thread, current_thread


def note(supplier: str, ran_in: dict[str, str]) -> None:
    ran_in[supplier] = current_thread().name


def main() -> None:
    ran_in: dict[str, str] = {}
    called = Thread(target=note("north", ran_in), name="till 1")
    passed = Thread(target=note, args=("south", ran_in), name="till 2")
    print("before any start:", ran_in)
    for thread in (called, passed):
        thread.start()
    for thread in (called, passed):
        thread.join()
    print("after both joins:", ran_in)


if __name__ == "__main__":
    main()
