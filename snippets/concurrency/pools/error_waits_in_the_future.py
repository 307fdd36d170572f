from concurrent.futures import ThreadPoolExecutor, wait

NIGHT_TRAINS, UNKNOWN = "9780000000064", "9780000000095"
PRICES = {NIGHT_TRAINS: 1250}


def price_of(isbn: str) -> int:
    if isbn not in PRICES:
        raise LookupError(f"nobody sells {isbn}")
    return PRICES[isbn]


def main() -> None:
    with ThreadPoolExecutor(max_workers=2) as pool:
        known = pool.submit(price_of, NIGHT_TRAINS)
        unknown = pool.submit(price_of, UNKNOWN)
        done, pending = wait([known, unknown])
        print("done:", len(done), "pending:", len(pending))
    print("known:", known.exception(), known.result())
    print("unknown:", repr(unknown.exception()))
    try:
        unknown.result()
    except LookupError as error:
        print("raised by result():", error)


if __name__ == "__main__":
    main()
