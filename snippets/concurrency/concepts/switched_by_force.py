from threading import Event, Thread


def ring(begun: Event, rang: Event) -> None:
    begun.wait()
    rang.set()


def count_until(begun: Event, rang: Event, rounds: list[int]) -> None:
    count = 0
    begun.set()
    while not rang.is_set():
        count += 1
    rounds.append(count)


def main() -> None:
    begun, rang = Event(), Event()
    rounds: list[int] = []
    neighbour = Thread(target=ring, args=(begun, rang))
    stubborn = Thread(target=count_until, args=(begun, rang, rounds))
    neighbour.start()
    stubborn.start()
    neighbour.join()
    stubborn.join()
    print("the neighbour rang:", rang.is_set())
    print("the loop that never waits has ended:", len(rounds) == 1)


if __name__ == "__main__":
    main()
