from queue import Queue
from threading import Thread

WEB = ("The Tide Clock", "Night Trains", "Salt Roads")
COUNTER = ("L'Été indien", "A Short Silence")
PACKERS = 2
END = object()


def take_orders(titles: tuple[str, ...], orders: Queue) -> None:
    for title in titles:
        orders.put(title)


def pack(orders: Queue, parcels: list[str]) -> None:
    while (title := orders.get()) is not END:
        parcels.append(title)


def main() -> None:
    orders: Queue = Queue(maxsize=2)
    parcels: list[str] = []
    producers = [
        Thread(target=take_orders, args=(titles, orders))
        for titles in (WEB, COUNTER)
    ]
    packers = [
        Thread(target=pack, args=(orders, parcels))
        for _ in range(PACKERS)
    ]
    for thread in (*producers, *packers):
        thread.start()
    for producer in producers:
        producer.join()
    for _ in packers:
        orders.put(END)
    for packer in packers:
        packer.join()
    for parcel in sorted(parcels):
        print(parcel)
    print("left in the queue:", orders.qsize())


if __name__ == "__main__":
    main()
