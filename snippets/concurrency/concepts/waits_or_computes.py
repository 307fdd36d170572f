import time
from collections.abc import Callable
from itertools import product
from math import isqrt

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
WAIT = 0.005  # seconds a supplier takes to answer
ROUNDS = 100
A_TENTH = 0.1


def ask(supplier: str, isbn: str) -> int:
    time.sleep(WAIT)
    return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


def count_primes(n: int) -> int:
    return sum(
        all(number % divisor for divisor in range(2, isqrt(number) + 1))
        for number in range(2, n)
    )


def isbn_search(prefix: str) -> list[str]:
    endings = product("0123456789", repeat=13 - len(prefix))
    isbns = [prefix + "".join(ending) for ending in endings]
    return [isbn for isbn in isbns if check_sum(isbn) % 10 == 0]


def check_sum(isbn: str) -> int:
    digits = [int(digit) for digit in isbn]
    return sum(digits[::2]) + 3 * sum(digits[1::2])


def computing_share(job: Callable[[], object]) -> float:
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(ROUNDS):
        job()
    cpu_seconds = time.process_time() - cpu
    return cpu_seconds / (time.perf_counter() - wall)


def main() -> None:
    jobs = {
        "ask": lambda: ask("north", NIGHT_TRAINS),
        "count_primes": lambda: count_primes(1000),
        "isbn_search": lambda: isbn_search("9780000000"),
    }
    for name, job in jobs.items():
        kind = "computes" if computing_share(job) > A_TENTH else "waits"
        print(f"{name}: {kind}")


if __name__ == "__main__":
    main()
