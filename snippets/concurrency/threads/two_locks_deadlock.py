from collections.abc import Callable
from functools import partial
from threading import Barrier, Lock, Thread

PATIENCE = 0.02  # seconds to wait for the second lock

stock, cash = Lock(), Lock()


def own_order(first: Lock, second: Lock, meet: Barrier) -> bool:
    with first:
        meet.wait()
        got_both = second.acquire(timeout=PATIENCE)
        meet.wait()
        if got_both:
            second.release()
    return got_both


def stock_then_cash(meet: Barrier) -> bool:
    meet.wait()
    with stock, cash:
        return True


def run(**tasks: Callable[[Barrier], bool]) -> list[str]:
    meet = Barrier(len(tasks))
    got_both: dict[str, bool] = {}

    def work(name: str) -> None:
        got_both[name] = tasks[name](meet=meet)

    tills = [Thread(target=work, args=(name,)) for name in tasks]
    for till in tills:
        till.start()
    for till in tills:
        till.join()
    return sorted(name for name in tasks if got_both[name])


def main() -> None:
    sale = partial(own_order, stock, cash)
    refund = partial(own_order, cash, stock)
    print("own order, done:", run(sale=sale, refund=refund))
    same = stock_then_cash
    print("stock, then cash, done:", run(sale=same, refund=same))


if __name__ == "__main__":
    main()
