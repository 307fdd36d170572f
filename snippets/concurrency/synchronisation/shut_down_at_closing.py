from queue import Queue, ShutDown
from threading import Thread

PACKERS = 2


def pack(orders: Queue, parcels: list[str]) -> None:
    while True:
        try:
            title = orders.get()
        except ShutDown:
            return
        parcels.append(title)


def main() -> None:
    orders: Queue = Queue()
    parcels: list[str] = []
    packers = [
        Thread(target=pack, args=(orders, parcels))
        for _ in range(PACKERS)
    ]
    for packer in packers:
        packer.start()
    for title in ("Night Trains", "Salt Roads", "The Tide Clock"):
        orders.put(title)
    orders.shutdown()
    for packer in packers:
        packer.join()
    print("parcels:", sorted(parcels))
    try:
        orders.put("100% Bread")
    except ShutDown:
        print("too late: 100% Bread")


if __name__ == "__main__":
    main()
