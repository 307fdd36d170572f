from threading import Timer

SOON, LATER = 0.01, 60.0  # seconds


def announce(what: str, announced: list[str]) -> None:
    announced.append(what)


def main() -> None:
    announced: list[str] = []
    lights = Timer(SOON, announce, args=("lights out", announced))
    alarm = Timer(LATER, announce, args=("alarm", announced))
    lights.start()
    alarm.start()
    alarm.cancel()
    lights.join()
    alarm.join()
    print("announced:", announced)


if __name__ == "__main__":
    main()
