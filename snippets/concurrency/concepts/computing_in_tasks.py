import asyncio
from math import isqrt

BEYOND = {"north": 1000, "south": 2000}


async def count_primes(supplier: str, log: list[str]) -> int:
    log.append(f"{supplier} begins")
    primes = 0
    for number in range(2, BEYOND[supplier]):
        primes += all(number % n for n in range(2, isqrt(number) + 1))
    log.append(f"{supplier} ends")
    return primes


async def main() -> None:
    log: list[str] = []
    counts = [
        asyncio.create_task(count_primes(supplier, log))
        for supplier in BEYOND
    ]
    print("primes:", [await count for count in counts])
    print(log)


if __name__ == "__main__":
    asyncio.run(main())
