import time
from threading import Barrier, Lock, Semaphore, Thread

TILLS = 6
LINES = 3  # telephone lines to the supplier
ANSWER_TIME = 0.05  # seconds


class Supplier:
    def __init__(self) -> None:
        self.places = Semaphore(LINES)
        self.all_lines_taken = Barrier(LINES)
        self.asking = self.peak = 0
        self._lock = Lock()

    def answer(self) -> None:
        with self.places:
            self.count(+1)
            self.all_lines_taken.wait()
            time.sleep(ANSWER_TIME)
            self.count(-1)

    def count(self, change: int) -> None:
        with self._lock:
            self.asking += change
            self.peak = max(self.peak, self.asking)


def main() -> None:
    north = Supplier()
    tills = [
        Thread(target=north.answer, name=f"till {number}")
        for number in range(1, TILLS + 1)
    ]
    for till in tills:
        till.start()
    for till in tills:
        till.join()
    print("tills:", TILLS)
    print("asking at once, at most:", north.peak)


if __name__ == "__main__":
    main()
