from concurrent.futures import ThreadPoolExecutor

BASKETS = ["2", "1", "two", "3", "5"]
NIGHT_TRAINS_CENTS = 1250

worked_on: list[str] = []


def total(copies: str) -> int:
    worked_on.append(copies)
    return int(copies) * NIGHT_TRAINS_CENTS


def main() -> None:
    with ThreadPoolExecutor(max_workers=1) as pool:
        totals = pool.map(total, BASKETS)
    print("worked on:", worked_on)
    try:
        for cents in totals:
            print("total:", cents)
    finally:
        print("still to come:", list(totals))


if __name__ == "__main__":
    main()
