from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}


def ask(supplier: str, isbn: str, gate: Event) -> int:
    gate.wait()
    return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


def main() -> None:
    gates = {supplier: Event() for supplier in EXTRA_CENTS}
    order = iter(["east", "south", "north"])
    with ThreadPoolExecutor(max_workers=3) as pool:
        supplier_of = {
            pool.submit(ask, name, NIGHT_TRAINS, gate): name
            for name, gate in gates.items()
        }
        gates[next(order)].set()
        for future in as_completed(supplier_of):
            print(supplier_of[future], "says", future.result())
            if (following := next(order, None)) is not None:
                gates[following].set()


if __name__ == "__main__":
    main()
