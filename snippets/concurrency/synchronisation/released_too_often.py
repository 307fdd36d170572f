from threading import BoundedSemaphore, Semaphore

LINES = 3
TRIES = 10


def call_supplier(places: Semaphore) -> None:
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
    call_supplier(places)
    print("free places of three:", free_places(places))
    call_supplier(BoundedSemaphore(LINES))


if __name__ == "__main__":
    main()
