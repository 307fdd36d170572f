from threading import Event, Thread, current_thread


def sell(
    title: str, may_finish: Event, done: Event, finished: list[str]
) -> None:
    may_finish.wait()
    finished.append(f"{current_thread().name} sold {title}")
    done.set()


def main() -> None:
    shop_opens, second_done, first_done = Event(), Event(), Event()
    finished: list[str] = []
    first = Thread(
        target=sell,
        name="till 1",
        args=("Night Trains", second_done, first_done, finished),
    )
    second = Thread(
        target=sell,
        name="till 2",
        args=("Salt Roads", shop_opens, second_done, finished),
    )
    first.start()
    second.start()
    print("waiting:", first.is_alive(), second.is_alive())
    shop_opens.set()
    first.join()
    second.join()
    print("still running:", first.is_alive(), second.is_alive())
    print("in order of finishing:", finished)
    print("printed by:", current_thread().name)


if __name__ == "__main__":
    main()
