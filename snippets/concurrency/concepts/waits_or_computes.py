import time
from collections.abc import Callable
from itertools import product
from math import isqrt

ANSWER_TIME = 0.01  # seconds a supplier takes
ROUNDS = 10
HALF = 0.5


def ask() -> int:
    time.sleep(ANSWER_TIME)
    return 1250


def count_primes() -> int:
    return sum(
        all(n % divisor for divisor in range(2, isqrt(n) + 1))
        for n in range(2, 1000)
    )


def isbn_search() -> list[str]:
    endings = map("".join, product("0123456789", repeat=3))
    isbns = ["9780000000" + ending for ending in endings]
    return [isbn for isbn in isbns if check_sum(isbn) % 10 == 0]


def check_sum(isbn: str) -> int:
    digits = [int(digit) for digit in isbn]
    return sum(digits[::2]) + 3 * sum(digits[1::2])


def computing_share(job: Callable[[], object]) -> float:
    wall, cpu = time.perf_counter(), time.process_time()
    job()
    cpu_seconds = time.process_time() - cpu
    return cpu_seconds / (time.perf_counter() - wall)


def main() -> None:
    for job in (ask, count_primes, isbn_search):
        share = max(computing_share(job) for _ in range(ROUNDS))
        kind = "computes" if share > HALF else "waits"
        print(f"{job.__name__}: {kind}")


if __name__ == "__main__":
    main()
