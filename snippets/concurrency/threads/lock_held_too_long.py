from threading import Event, Lock, Thread

TILLS = 3
SHORT, LONG = 0.02, 5.0  # seconds


class Supplier:
    def __init__(self, patience: float) -> None:
        self.patience = patience
        self.asking = self.peak = 0
        self.everybody = Event()
        self.lock = Lock()

    def answer(self) -> int:
        with self.lock:
            self.asking += 1
            self.peak = max(self.peak, self.asking)
            if self.asking == TILLS:
                self.everybody.set()
        self.everybody.wait(self.patience)
        with self.lock:
            self.asking -= 1
        return 1250


def wait_inside(supplier: Supplier, lock: Lock, bill: dict) -> None:
    with lock:
        bill["cents"] += supplier.answer()


def wait_outside(supplier: Supplier, lock: Lock, bill: dict) -> None:
    price_cents = supplier.answer()
    with lock:
        bill["cents"] += price_cents


def main() -> None:
    for till, patience in ((wait_inside, SHORT), (wait_outside, LONG)):
        supplier, bill = Supplier(patience), {"cents": 0}
        args = (supplier, Lock(), bill)
        tills = [Thread(target=till, args=args) for _ in range(TILLS)]
        for thread in tills:
            thread.start()
        for thread in tills:
            thread.join()
        print(till.__name__, "peak:", supplier.peak, bill)


if __name__ == "__main__":
    main()
