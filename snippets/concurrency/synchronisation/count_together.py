from functools import partial
from threading import Barrier, Thread

SHELVES = {"sea": [12, 3], "fiction": [5, 1, 4], "others": [0, 7, 2]}


def add_up(counts: dict[str, int], totals: list[int]) -> None:
    totals.append(sum(counts.values()))


def count_shelf(
    shelf: str,
    counts: dict[str, int],
    all_counted: Barrier,
    totals: list[int],
    shares: dict[str, str],
) -> None:
    counts[shelf] = sum(SHELVES[shelf])
    all_counted.wait()
    shares[shelf] = f"{counts[shelf]} of {totals[0]}"


def main() -> None:
    counts: dict[str, int] = {}
    totals: list[int] = []
    shares: dict[str, str] = {}
    action = partial(add_up, counts, totals)
    all_counted = Barrier(len(SHELVES), action)
    clerks = [
        Thread(
            target=count_shelf,
            args=(shelf, counts, all_counted, totals, shares),
        )
        for shelf in SHELVES
    ]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    print("totals:", totals)
    for shelf in SHELVES:
        print(f"{shelf}: {shares[shelf]}")


if __name__ == "__main__":
    main()
