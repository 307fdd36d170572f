import asyncio
import os
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from math import isqrt
from multiprocessing import get_context

LIMITS = [6000, 8000]
MORE_THAN_ONE = 1.5  # cores at work on average


def count_primes(n: int) -> int:
    return sum(
        all(number % divisor for divisor in range(2, isqrt(number) + 1))
        for number in range(2, n)
    )


def count_and_sign(n: int) -> tuple[int, int]:
    return count_primes(n), os.getpid()


def in_threads() -> list[int]:
    with ThreadPoolExecutor(len(LIMITS)) as pool:
        return list(pool.map(count_primes, LIMITS))


def in_tasks() -> list[int]:
    async def count_in_a_task(n: int) -> int:
        return count_primes(n)

    async def count_all() -> list[int]:
        return await asyncio.gather(*map(count_in_a_task, LIMITS))

    return asyncio.run(count_all())


def main() -> None:
    for model in (in_threads, in_tasks):
        wall, cpu = time.perf_counter(), time.process_time()
        primes = model()
        seconds = time.perf_counter() - wall
        cores = (time.process_time() - cpu) / seconds
        print(model.__name__, primes)
        print("  more than one core:", cores > MORE_THAN_ONE)

    context = get_context("spawn")
    with ProcessPoolExecutor(len(LIMITS), mp_context=context) as pool:
        signed = list(pool.map(count_and_sign, LIMITS))
    print("in_processes", [primes for primes, _ in signed])
    here = os.getpid() in [process for _, process in signed]
    print("  counted in this process:", here)


if __name__ == "__main__":
    main()
