import time
from itertools import repeat
from math import isqrt
from operator import mod
from threading import Thread

LIMIT = 20_000
MORE_THAN_ONE = 1.5  # cores at work on average


def count_primes(n: int, found: list[int]) -> None:
    primes = 0
    for number in range(2, n):
        divisors = range(2, isqrt(number) + 1)
        remainders = map(mod, repeat(number), divisors)
        primes += all(remainders)  # none of them is 0
    found.append(primes)


def one_after_the_other(found: list[int]) -> None:
    count_primes(LIMIT, found)
    count_primes(LIMIT, found)


def overlapped(found: list[int]) -> None:
    north = Thread(
        target=count_primes, args=(LIMIT, found), name="north"
    )
    south = Thread(
        target=count_primes, args=(LIMIT, found), name="south"
    )
    north.start()
    south.start()
    north.join()
    south.join()


def main() -> None:
    for way in (one_after_the_other, overlapped):
        found: list[int] = []
        wall, cpu = time.perf_counter(), time.process_time()
        way(found)
        cpu_seconds = time.process_time() - cpu
        cores = cpu_seconds / (time.perf_counter() - wall)
        print(way.__name__, found)
        print("  more than one core:", cores > MORE_THAN_ONE)


if __name__ == "__main__":
    main()
