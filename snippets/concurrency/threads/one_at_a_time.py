import sys
from threading import Event, Thread

MINUTE = 60.0
NUMBERS = 300_000


def ring(go: Event, rang: Event) -> None:
    go.wait()
    rang.set()


def main() -> None:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(MINUTE)
    go, rang = Event(), Event()
    neighbour = Thread(target=ring, args=(go, rang))
    neighbour.start()

    go.set()
    total = 0
    for number in range(NUMBERS):
        total += number
    while_computing = rang.is_set()
    while_waiting = rang.wait(MINUTE)

    neighbour.join()
    sys.setswitchinterval(usual)
    print("the neighbour ran while we computed:", while_computing)
    print("the neighbour ran while we waited:", while_waiting)


if __name__ == "__main__":
    main()
