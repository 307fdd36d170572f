import hashlib
import time
from collections.abc import Callable
from concurrent import futures
from math import isqrt
from multiprocessing import get_context

JOBS = 2
SLACK = 0.5  # of a core


def count_primes() -> int:
    return sum(
        all(number % divisor for divisor in range(2, isqrt(number) + 1))
        for number in range(2, 80_000)
    )


def sign_invoice() -> bytes:
    invoice, salt = b"4 books, 6250", b"lantern"
    return hashlib.pbkdf2_hmac("sha256", invoice, salt, 600_000)


def cpu_seconds(job: Callable[[], object]) -> float:
    begin = time.thread_time()
    job()
    return time.thread_time() - begin


def cores(pool: futures.Executor, job: Callable[[], object]) -> float:
    with pool:
        list(pool.map(abs, range(JOBS)))  # workers start here
        begin = time.perf_counter()
        cpu = sum(pool.map(cpu_seconds, [job] * JOBS))
        return cpu / (time.perf_counter() - begin)


def main() -> None:
    threads = futures.ThreadPoolExecutor(JOBS)
    in_threads = cores(threads, count_primes)
    print("primes, threads, at most 1 core:", in_threads < 1 + SLACK)

    spawn = get_context("spawn")
    processes = futures.ProcessPoolExecutor(JOBS, spawn)
    in_processes = cores(processes, count_primes)
    print("primes, processes, at most 2:", in_processes < JOBS + SLACK)

    threads = futures.ThreadPoolExecutor(JOBS)
    hashing = cores(threads, sign_invoice)
    print("hashing, threads, at most 2:", hashing < JOBS + SLACK)


if __name__ == "__main__":
    main()
