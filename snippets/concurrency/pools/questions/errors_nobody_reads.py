from concurrent.futures import ThreadPoolExecutor

PRICES = {"Salt Roads": 2200}


def price(title: str) -> int:
    return PRICES[title]


def main() -> None:
    titles = ["Salt Roads", "Night Trains"]
    with ThreadPoolExecutor(max_workers=2) as pool:
        prices = pool.map(price, titles)
        print("asked for", len(titles))
    print("first:", next(prices))


if __name__ == "__main__":
    main()
