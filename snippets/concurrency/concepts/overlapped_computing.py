import time
from threading import Thread

LIMIT = 4000
MORE_THAN_ONE = 1.5  # cores at work on average


def count_primes(found: list[int]) -> None:
    primes = 0
    for number in range(2, LIMIT):
        for divisor in range(2, number):
            if divisor * divisor > number:
                primes += 1
                break
            if number % divisor == 0:
                break
    found.append(primes)


def one_after_the_other(found: list[int]) -> None:
    count_primes(found)
    count_primes(found)


def overlapped(found: list[int]) -> None:
    north = Thread(target=count_primes, args=(found,), name="north")
    south = Thread(target=count_primes, args=(found,), name="south")
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
