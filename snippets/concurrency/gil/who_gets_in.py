import hashlib
import sys
import time
from collections.abc import Callable
from threading import Event, Thread

MINUTE = 60.0
ROUNDS = 300
PRICES = list(range(1850, 0, -1))


def add_prices() -> int:
    return sum(cents for cents in PRICES)


def sort_prices() -> list[int]:
    return sorted(PRICES)


def sign_invoice() -> bytes:
    invoice, salt = b"4 books, 6250", b"lantern"
    return hashlib.pbkdf2_hmac("sha256", invoice, salt, 10_000)


def ask_north() -> None:
    time.sleep(0.01)


def ring(go: Event, rang: Event) -> None:
    go.wait()
    rang.set()


def gets_in(job: Callable[[], object]) -> bool:
    go, rang = Event(), Event()
    neighbour = Thread(target=ring, args=(go, rang))
    neighbour.start()
    go.set()
    for _ in range(ROUNDS):
        job()
        if got_in := rang.is_set():
            break
    neighbour.join()
    return got_in


def main() -> None:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(MINUTE)
    for job in (add_prices, sort_prices, sign_invoice, ask_north):
        print(f"{job.__name__} lets a neighbour in:", gets_in(job))
    sys.setswitchinterval(usual)


if __name__ == "__main__":
    main()
