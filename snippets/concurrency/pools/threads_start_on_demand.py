from concurrent.futures import ThreadPoolExecutor
from threading import Event, active_count, current_thread

WORKERS = 3
BOOKS = 6


def pack(start: Event) -> str:
    start.wait()
    return current_thread().name


def workers() -> int:
    """The threads of this program without its main thread."""
    return active_count() - 1


def main() -> None:
    start = Event()
    with ThreadPoolExecutor(
        WORKERS, thread_name_prefix="clerk"
    ) as pool:
        print("no job yet, threads:", workers())
        jobs = []
        for number in range(1, BOOKS + 1):
            jobs.append(pool.submit(pack, start))
            print("jobs:", number, "threads:", workers())
        start.set()
        packed_by = {job.result() for job in jobs}
        print("all packed, threads:", workers())
    print("after the block, threads:", workers())
    clerks = {f"clerk_{number}" for number in range(WORKERS)}
    print("packed by these three only:", packed_by <= clerks)


if __name__ == "__main__":
    main()
