from threading import Event

PATIENCE = 0.01  # seconds


def main() -> None:
    shop_opens = Event()
    shop_opens.set()
    passed = [shop_opens.wait(PATIENCE), shop_opens.wait(PATIENCE)]
    shop_opens.clear()
    passed.append(shop_opens.wait(PATIENCE))
    print(passed)


if __name__ == "__main__":
    main()
