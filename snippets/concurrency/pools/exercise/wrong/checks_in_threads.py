"""Its checks run in threads of this process, not in other processes."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
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
    with ThreadPoolExecutor(workers) as pool:
        asked = [
            {
                name: pool.submit(ask, isbn)
                for name, ask in suppliers.items()
            }
            for isbn in books
        ]
    return [
        {name: outcome(call) for name, call in row.items()}
        for row in asked
    ]


def catalogue_check(
    isbns: Sequence[str], check: Callable[[str], Any], workers: int
) -> list[Any]:
    """The results of `check` for each ISBN, computed in processes.

    A check that fails leaves its exception in the place of its result.
    """
    with ThreadPoolExecutor(workers) as pool:
        checks = [pool.submit(check, isbn) for isbn in isbns]
    return [outcome(one) for one in checks]


def outcome(future: Future[Any]) -> Any:
    error = future.exception()
    return future.result() if error is None else error
