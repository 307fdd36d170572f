import threading
from threading import Barrier, Thread
from types import SimpleNamespace
from typing import Any


def sell(
    title: str, desk: Any, both_wrote: Barrier, seen: dict
) -> None:
    desk.receipt = title
    both_wrote.wait()
    seen[title] = desk.receipt


def run_tills(desk: Any) -> dict[str, str]:
    both_wrote = Barrier(2)
    seen: dict[str, str] = {}
    tills = [
        Thread(target=sell, args=(title, desk, both_wrote, seen))
        for title in ("Night Trains", "Salt Roads")
    ]
    for till in tills:
        till.start()
    for till in tills:
        till.join()
    return seen


def main() -> None:
    shared = run_tills(SimpleNamespace())
    print("different receipts, shared:", len(set(shared.values())))
    desk = threading.local()
    local = run_tills(desk)
    print("different receipts, thread-local:", len(set(local.values())))
    print("each its own:", all(t == seen for t, seen in local.items()))
    print("in the main thread:", hasattr(desk, "receipt"))


if __name__ == "__main__":
    main()
