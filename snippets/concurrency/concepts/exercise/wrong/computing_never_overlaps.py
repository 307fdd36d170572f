"""It believes that computing can never overlap."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple

SUPPLIERS = ("north", "south", "east")


class Program(NamedTuple):
    kind: str  # "waits" or "computes"
    independent: bool  # True: no part needs what another part gives


PROGRAMS = {
    "three_reports": Program("waits", independent=True),
    "order_then_pay": Program("waits", independent=False),
    "primes_in_ranges": Program("computes", independent=False),
    "receipt_chain": Program("computes", independent=False),
    "three_suppliers": Program("waits", independent=True),
    "follow_pages": Program("waits", independent=False),
    "check_digits": Program("computes", independent=False),
    "train_model": Program("computes", independent=False),
}

FindIsbn = Callable[[str], Coroutine[Any, Any, str]]
Ask = Callable[[str, str], Coroutine[Any, Any, int]]
CopiesLeft = Callable[[str], Coroutine[Any, Any, int]]


async def price_card(
    title: str, find_isbn: FindIsbn, ask: Ask, copies_left: CopiesLeft
) -> tuple[list[int], int]:
    """The price of each of SUPPLIERS, in their order, and the copies.

    First comes `find_isbn(title)`. Then `ask(supplier, isbn)` for each
    supplier and `copies_left(isbn)` are all asked before any answers.
    """
    isbn = await find_isbn(title)
    questions = [
        asyncio.create_task(ask(supplier, isbn))
        for supplier in SUPPLIERS
    ]
    copies = asyncio.create_task(copies_left(isbn))
    prices = [await question for question in questions]
    return prices, await copies
