import sys
from collections.abc import Callable
from hashlib import pbkdf2_hmac
from math import isqrt
from threading import Event, Thread

MINUTE = 60.0
ROUNDS = 100


def count_primes() -> None:
    sum(
        all(number % divisor for divisor in range(2, isqrt(number) + 1))
        for number in range(2, 1000)
    )


def hash_password() -> None:
    pbkdf2_hmac("sha256", b"Amara's password", b"salt", 50_000)


def ring(begin: Event, rang: Event) -> None:
    begin.wait()
    rang.set()


def rings_beside(compute: Callable[[], None]) -> bool:
    begin, rang = Event(), Event()
    neighbour = Thread(target=ring, args=(begin, rang))
    neighbour.start()
    begin.set()
    rounds = 0
    while rounds < ROUNDS and not rang.is_set():
        compute()
        rounds += 1
    rang_meanwhile = rang.is_set()
    neighbour.join()
    return rang_meanwhile


def main() -> None:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(MINUTE)
    for compute in (count_primes, hash_password):
        rang = rings_beside(compute)
        print(compute.__name__, "- the neighbour ran meanwhile:", rang)
    sys.setswitchinterval(usual)


if __name__ == "__main__":
    main()
