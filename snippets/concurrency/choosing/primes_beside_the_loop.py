import asyncio
from concurrent.futures import ProcessPoolExecutor
from math import isqrt
from multiprocessing import get_context

SPAWN = get_context("spawn")


def use(event) -> None:
    """Give a process the event that it shares with the others."""
    global all_served
    all_served = event


def count_primes(n: int) -> int:
    primes = sum(
        all(number % divisor for divisor in range(2, isqrt(number) + 1))
        for number in range(2, n)
    )
    all_served.wait()
    return primes


async def serve() -> None:
    for customer in ("Amara", "Bilal", "Diego"):
        print("the till serves", customer)
        await asyncio.sleep(0)
    all_served.set()


async def count_and_serve(pool: ProcessPoolExecutor) -> None:
    loop = asyncio.get_running_loop()
    till = asyncio.create_task(serve())
    primes = await loop.run_in_executor(pool, count_primes, 1000)
    await till
    print("primes below 1000:", primes)


def main() -> None:
    use(SPAWN.Event())
    with ProcessPoolExecutor(1, SPAWN, use, (all_served,)) as pool:
        pool.submit(int).result()  # the worker starts before the loop
        asyncio.run(count_and_serve(pool))


if __name__ == "__main__":
    main()
