"""CPU work in pure Python."""

from itertools import product
from math import isqrt


def count_primes(n: int) -> int:
    """How many primes are below n, by trial division."""
    return sum(
        all(number % divisor for divisor in range(2, isqrt(number) + 1))
        for number in range(2, n)
    )


def isbn_search(prefix: str) -> list[str]:
    """Every ISBN with this prefix and a right check digit."""
    endings = product("0123456789", repeat=13 - len(prefix))
    candidates = (prefix + "".join(ending) for ending in endings)
    return [isbn for isbn in candidates if check_sum(isbn) % 10 == 0]


def check_sum(isbn: str) -> int:
    digits = [int(digit) for digit in isbn]
    return sum(digits[::2]) + 3 * sum(digits[1::2])
