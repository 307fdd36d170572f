from concurrent.futures import ProcessPoolExecutor
from math import isqrt
from multiprocessing import get_context
from os import getpid

LIMITS = [1000, 2000, 4000, 8000]


def count_primes(n: int) -> int:
    """How many primes are below n, by trial division."""
    return sum(
        all(number % divisor for divisor in range(2, isqrt(number) + 1))
        for number in range(2, n)
    )


def count_and_sign(n: int) -> tuple[int, int]:
    return count_primes(n), getpid()


def main() -> None:
    serial = [count_primes(n) for n in LIMITS]
    context = get_context("spawn")
    with ProcessPoolExecutor(max_workers=2, mp_context=context) as pool:
        pairs = list(pool.map(count_and_sign, LIMITS))
    spread = [primes for primes, _ in pairs]
    counted_in = {process for _, process in pairs}
    print("primes:", spread)
    print("equal to the serial ones:", spread == serial)
    print("some counted in this process:", getpid() in counted_in)
    print("worker processes, at most 2:", len(counted_in) <= 2)


if __name__ == "__main__":
    main()
