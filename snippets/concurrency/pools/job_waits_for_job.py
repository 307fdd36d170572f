from concurrent.futures import ThreadPoolExecutor

SHORT, LONG = 0.05, 5.0  # seconds
PRICES = {"north": 1250, "south": 1200}


def price_at(supplier: str) -> int:
    return PRICES[supplier]


def cheapest(pool: ThreadPoolExecutor, patience: float) -> int:
    asked = [pool.submit(price_at, supplier) for supplier in PRICES]
    return min(future.result(patience) for future in asked)


def main() -> None:
    with ThreadPoolExecutor(max_workers=1) as pool:
        inside = pool.submit(cheapest, pool, SHORT)
        print("inside a job:", type(inside.exception()).__name__)
        print("outside:", cheapest(pool, LONG))


if __name__ == "__main__":
    main()
