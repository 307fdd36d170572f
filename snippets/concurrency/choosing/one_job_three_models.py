import asyncio
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context

LIST_CENTS = {"9780000000019": 1850, "9780000000064": 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
QUESTIONS = [
    (name, isbn) for isbn in LIST_CENTS for name in EXTRA_CENTS
]
LIMIT = 3  # questions in flight; at that number the answers come
SPAWN = get_context("spawn")


def use(barrier, counter) -> None:
    """Give a worker what all workers share."""
    global all_asking, in_flight
    all_asking, in_flight = barrier, counter


def change(by: int) -> int:
    with in_flight.get_lock():
        in_flight.value += by
        return in_flight.value


def ask(supplier: str, isbn: str) -> tuple[int, int]:
    """The price, and how many questions were in flight then."""
    asking = change(+1)
    all_asking.wait()
    change(-1)
    return LIST_CENTS[isbn] + EXTRA_CENTS[supplier], asking


def in_a_pool(pool: Executor) -> list[tuple[int, int]]:
    with pool:
        return list(pool.map(ask, *zip(*QUESTIONS, strict=True)))


async def ask_in_a_task(places, meeting, supplier: str, isbn: str):
    async with places:
        asking = change(+1)
        await meeting.wait()
        change(-1)
        return LIST_CENTS[isbn] + EXTRA_CENTS[supplier], asking


async def in_tasks() -> list[tuple[int, int]]:
    places, meeting = asyncio.Semaphore(LIMIT), asyncio.Barrier(LIMIT)
    questions = (ask_in_a_task(places, meeting, *q) for q in QUESTIONS)
    return await asyncio.gather(*questions)


def main() -> None:
    shared = SPAWN.Barrier(LIMIT), SPAWN.Value("i", 0)
    use(*shared)
    answers = {
        "threads": in_a_pool(ThreadPoolExecutor(LIMIT)),
        "tasks": asyncio.run(in_tasks()),
        "processes": in_a_pool(
            ProcessPoolExecutor(LIMIT, SPAWN, use, shared)
        ),
    }
    for model, pairs in answers.items():
        prices, asking = zip(*pairs, strict=True)
        print(f"{model}: {prices} peak: {max(asking)}")


if __name__ == "__main__":
    main()
