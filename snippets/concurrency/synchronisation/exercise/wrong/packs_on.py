"""It keeps the error for later, and packs on to the last order."""

from collections.abc import Callable, Iterable
from queue import Queue
from threading import Event, Thread

PACKERS = 3
END = object()


def pack_orders(
    sources: list[Iterable[str]],
    pack: Callable[[str], str],
    bound: int,
) -> list[str]:
    """Pack the orders of all sources, and return the parcels.

    One producer thread for each source puts its orders into a queue
    of at most `bound`; PACKERS threads take them out and pack them.
    The first error stops everything, and is raised here. However it
    ends, all these threads have ended before.
    """
    orders: Queue = Queue(maxsize=bound)
    stop = Event()
    parcels: list[str] = []
    errors: list[BaseException] = []

    def fail(error: BaseException) -> None:
        errors.append(error)
        stop.set()

    def produce(source: Iterable[str]) -> None:
        try:
            for order in source:
                if stop.is_set():
                    return
                orders.put(order)
        except BaseException as error:  # sys.exit() too
            fail(error)

    def work() -> None:
        while (order := orders.get()) is not END:
            if stop.is_set():
                continue  # take it out: a producer may wait for room
            try:
                parcels.append(pack(order))
            except BaseException as error:
                errors.append(error)

    producers = [Thread(target=produce, args=(s,)) for s in sources]
    packers = [Thread(target=work) for _ in range(PACKERS)]
    for thread in (*producers, *packers):
        thread.start()
    for producer in producers:
        producer.join()
    for _ in packers:
        orders.put(END)
    for packer in packers:
        packer.join()
    if errors:
        raise errors[0]
    return parcels
