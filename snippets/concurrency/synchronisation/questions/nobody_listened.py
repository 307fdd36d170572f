from threading import Condition

PATIENCE = 0.01  # seconds


def main() -> None:
    delivered = Condition()
    with delivered:
        delivered.notify_all()
        woken = delivered.wait(PATIENCE)
    print("woken:", woken)


if __name__ == "__main__":
    main()
