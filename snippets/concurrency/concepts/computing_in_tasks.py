import asyncio
from math import isqrt

LIMITS = (1000, 2000)


async def count_primes(n: int, log: list[str]) -> int:
    log.append(f"{n} begins")
    primes = 0
    for number in range(2, n):
        primes += all(number % d for d in range(2, isqrt(number) + 1))
    log.append(f"{n} ends")
    return primes


async def main() -> None:
    log: list[str] = []
    counts = [asyncio.create_task(count_primes(n, log)) for n in LIMITS]
    print("primes:", [await count for count in counts])
    print(log)


if __name__ == "__main__":
    asyncio.run(main())
