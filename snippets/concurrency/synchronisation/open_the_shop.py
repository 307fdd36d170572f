from threading import Event, Thread, current_thread

TILLS = ("till 1", "till 2", "till 3")


def serve(shop_opens: Event, serving: list[str]) -> None:
    shop_opens.wait()
    serving.append(current_thread().name)


def main() -> None:
    shop_opens = Event()
    serving: list[str] = []
    tills = [
        Thread(target=serve, args=(shop_opens, serving), name=name)
        for name in TILLS
    ]
    for till in tills:
        till.start()
    print("before opening:", shop_opens.is_set(), serving)
    shop_opens.set()
    for till in tills:
        till.join()
    print("after opening:", shop_opens.is_set(), sorted(serving))

    late = Thread(target=serve, args=(shop_opens, serving), name="late")
    late.start()
    late.join()
    print("the late till serves too:", serving[-1])


if __name__ == "__main__":
    main()
