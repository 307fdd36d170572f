from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

NIGHT_TRAINS_CENTS = 1250


def half(cents: int) -> int:
    return cents // 2


SALES = {"named": half, "lambda": lambda cents: cents // 2}


def main() -> None:
    print("called here:", SALES["lambda"](NIGHT_TRAINS_CENTS))
    context = get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        for name, sale in SALES.items():
            future = pool.submit(sale, NIGHT_TRAINS_CENTS)
            print(f"{name} in a worker:", future.result())


if __name__ == "__main__":
    main()
