import os
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue

LIMIT = 1000
counted: list[int] = []


def count_primes(n: int, answers: SimpleQueue) -> None:
    for number in range(2, n):
        if all(number % prime for prime in counted):
            counted.append(number)
    answers.put((os.getpid(), len(counted)))


def main() -> None:
    spawn = get_context("spawn")
    answers = spawn.SimpleQueue()
    workers = [
        spawn.Process(target=count_primes, args=(LIMIT, answers))
        for _ in range(2)
    ]
    for worker in workers:
        worker.start()
    found = [answers.get() for _ in workers]
    for worker in workers:
        worker.join()
    print("primes in this process:", len(counted))
    count_primes(LIMIT, answers)
    found.append(answers.get())
    answers.close()
    print("processes:", len({pid for pid, _ in found}))
    print("primes in each:", [primes for _, primes in found])


if __name__ == "__main__":
    main()
