from threading import BoundedSemaphore, Semaphore

LINES = 3
TRIES = 10


def ask(places: Semaphore) -> None:
    places.acquire()
    try:
        price_cents = 1250
        places.release()
    finally:
        places.release()
    print("price:", price_cents)


def free_places(places: Semaphore) -> int:
    got = [places.acquire(blocking=False) for _ in range(TRIES)]
    return got.count(True)


def main() -> None:
    places = Semaphore(LINES)
    ask(places)
    print("free places of three:", free_places(places))
    ask(BoundedSemaphore(LINES))


if __name__ == "__main__":
    main()
