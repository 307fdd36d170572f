import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context


def read_invoice(page: int) -> str:
    if page == 2:
        os._exit(1)  # as a crash in C code, or the system, would end it
    return f"page {page} read"


def main() -> None:
    context = get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        print(pool.submit(read_invoice, 1).result())
        try:
            pool.submit(read_invoice, 2).result()
        except BrokenProcessPool as error:
            print("page 2:", type(error).__name__)
        pool.submit(read_invoice, 3)


if __name__ == "__main__":
    main()
