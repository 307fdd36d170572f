from threading import Condition, Event, Thread


class Shelf:
    def __init__(self) -> None:
        self.left = 0
        self._changed = Condition()

    def sell(self, about_to_wait: Event) -> None:
        with self._changed:
            if self.left == 0:
                about_to_wait.set()
                self._changed.wait()
            self.left -= 1

    def deliver(self, copies: int) -> None:
        with self._changed:
            self.left += copies
            self._changed.notify_all()


def main() -> None:
    bread = Shelf()
    waiting = [Event(), Event()]
    tills = [
        Thread(target=bread.sell, args=(about_to_wait,))
        for about_to_wait in waiting
    ]
    for till in tills:
        till.start()
    for about_to_wait in waiting:
        about_to_wait.wait()
    bread.deliver(1)
    for till in tills:
        till.join()
    print("left after one delivery and two sales:", bread.left)


if __name__ == "__main__":
    main()
