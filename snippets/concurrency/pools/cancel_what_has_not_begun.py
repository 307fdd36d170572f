from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

TITLES = ["Salt Roads", "Night Trains", "The Tide Clock"]

calls: list[str] = []


def deliver(title: str, begun: Event, door: Event) -> str:
    begun.set()
    door.wait()
    return title


def tell(future: Future[str]) -> None:
    calls.append("cancelled" if future.cancelled() else future.result())


def main() -> None:
    begun, door = Event(), Event()
    with ThreadPoolExecutor(max_workers=1) as pool:
        jobs = [pool.submit(deliver, t, begun, door) for t in TITLES]
        for job in jobs:
            job.add_done_callback(tell)
        begun.wait()
        print("running:", [job.running() for job in jobs])
        print("cancel() returns:", [job.cancel() for job in jobs[:2]])
        pool.shutdown(wait=False, cancel_futures=True)
        door.set()
    print("cancelled:", [job.cancelled() for job in jobs])
    print("the callback was told:", calls)


if __name__ == "__main__":
    main()
