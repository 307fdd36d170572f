from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

print("these lines run as", __name__, flush=True)
discount_cents = 0


def price(cents: int) -> int:
    return cents - discount_cents


def main() -> None:
    global discount_cents
    discount_cents = 50
    context = get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        print("in the worker:", pool.submit(price, 1250).result())
    print("in this process:", price(1250))


if __name__ == "__main__":
    main()
