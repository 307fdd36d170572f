from queue import Queue
from threading import Thread

PRICES = {"Night Trains": 1250, "Salt Roads": 2200}
END = object()


def pack(orders: Queue, parcels: list[str], errors: list[str]) -> None:
    while (title := orders.get()) is not END:
        try:
            parcels.append(f"{title}, {PRICES[title]} c")
        except Exception as error:
            errors.append(f"{title}: {error!r}")
        finally:
            orders.task_done()


def main() -> None:
    orders: Queue = Queue()
    parcels: list[str] = []
    errors: list[str] = []
    packer = Thread(target=pack, args=(orders, parcels, errors))
    packer.start()
    for title in ("Night Trains", "100% Bread", "Salt Roads"):
        orders.put(title)
    orders.join()
    print("parcels:", parcels)
    print("errors:", errors)
    print("the packer still waits:", packer.is_alive())
    orders.put(END)
    packer.join()


if __name__ == "__main__":
    main()
