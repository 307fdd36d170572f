import asyncio
from threading import Barrier, Lock

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}


class Library:
    """A supplier's own client: it blocks until the answer is there."""

    def __init__(self, expected: int) -> None:
        self.all_asking = Barrier(expected)
        self.in_flight = self.peak = 0
        self._lock = Lock()

    def ask(self, supplier: str, isbn: str) -> int:
        with self._lock:
            self.in_flight += 1
            self.peak = max(self.peak, self.in_flight)
        self.all_asking.wait()
        with self._lock:
            self.in_flight -= 1
        return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


async def ask_directly(library: Library, supplier: str) -> int:
    return library.ask(supplier, NIGHT_TRAINS)


async def ask_in_a_thread(library: Library, supplier: str) -> int:
    return await asyncio.to_thread(library.ask, supplier, NIGHT_TRAINS)


async def main() -> None:
    for ask_one, expected in ((ask_directly, 1), (ask_in_a_thread, 3)):
        library = Library(expected)
        prices = await asyncio.gather(
            *(ask_one(library, supplier) for supplier in EXTRA_CENTS)
        )
        print(ask_one.__name__, prices, "peak:", library.peak)


if __name__ == "__main__":
    asyncio.run(main())
