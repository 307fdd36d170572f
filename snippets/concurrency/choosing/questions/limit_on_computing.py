import asyncio
from math import isqrt


def count_primes(n: int) -> int:
    return sum(
        all(number % divisor for divisor in range(2, isqrt(number) + 1))
        for number in range(2, n)
    )


async def main() -> None:
    try:
        async with asyncio.timeout(0.001):
            print("primes:", count_primes(10_000))
    except TimeoutError:
        print("too late")


asyncio.run(main())
