from concurrent.futures import (
    Executor,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from multiprocessing import get_context


class StockCounter:
    def __init__(self, left: int) -> None:
        self.left = left


def sell(counter: StockCounter) -> StockCounter:
    counter.left -= 1
    return counter


def try_out(pool: Executor) -> None:
    night_trains = StockCounter(left=1)
    with pool:
        returned = pool.submit(sell, night_trains).result()
    print(type(pool).__name__)
    print("  left:", night_trains.left, "returned:", returned.left)
    print("  the same object:", returned is night_trains)


def main() -> None:
    try_out(ThreadPoolExecutor(max_workers=1))
    context = get_context("spawn")
    try_out(ProcessPoolExecutor(max_workers=1, mp_context=context))


if __name__ == "__main__":
    main()
