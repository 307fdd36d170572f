from threading import RLock, Thread
from typing import Any


def take(lock: Any, got: list[bool]) -> None:
    got.append(lock.acquire(blocking=False))


def main() -> None:
    lock = RLock()
    got: list[bool] = []
    lock.acquire()
    lock.acquire()
    lock.release()
    till = Thread(target=take, args=(lock, got))
    till.start()
    till.join()
    print("the other till got it:", got)


if __name__ == "__main__":
    main()
