from threading import Event, Lock, Thread


def pack_one(
    orders: list[str], lock: Lock, looked: Event, parcels: list[str]
) -> None:
    with lock:
        if orders:
            parcels.append(orders.pop())
    looked.set()


def main() -> None:
    orders: list[str] = []
    parcels: list[str] = []
    lock, looked = Lock(), Event()
    packer = Thread(
        target=pack_one, args=(orders, lock, looked, parcels)
    )
    packer.start()
    looked.wait()
    with lock:
        orders.append("Night Trains")
    packer.join()
    print("packed:", parcels)
    print("still on the desk:", orders)


if __name__ == "__main__":
    main()
