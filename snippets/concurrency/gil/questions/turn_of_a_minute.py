import sys
from threading import Event, Thread


def ring(go: Event, log: list[str]) -> None:
    go.wait()
    log.append("rang")


def main() -> None:
    log: list[str] = []
    go = Event()
    neighbour = Thread(target=ring, args=(go, log))
    sys.setswitchinterval(60)
    neighbour.start()
    go.set()
    total = sum(cents for cents in range(100_000))
    log.append("added" if total else "nothing to add")
    neighbour.join()
    log.append("joined")
    print(log)


if __name__ == "__main__":
    main()
