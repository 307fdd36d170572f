from threading import Lock, RLock, Thread
from typing import Any


def release(name: str, lock: Any, notes: list[str]) -> None:
    try:
        lock.release()
    except RuntimeError as error:
        notes.append(f"{name}: {error}")
    else:
        notes.append(f"{name}: released by till 2")


def main() -> None:
    notes: list[str] = []
    for name, lock in (("Lock", Lock()), ("RLock", RLock())):
        lock.acquire()
        till = Thread(target=release, args=(name, lock, notes))
        till.start()
        till.join()
    print("\n".join(notes))


if __name__ == "__main__":
    main()
