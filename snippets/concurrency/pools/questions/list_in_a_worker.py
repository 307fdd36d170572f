from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

sold: list[str] = []


def sell(title: str) -> int:
    sold.append(title)
    return len(sold)


def main() -> None:
    context = get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        counts = list(pool.map(sell, ["Salt Roads", "Night Trains"]))
    print(counts, sold)


if __name__ == "__main__":
    main()
