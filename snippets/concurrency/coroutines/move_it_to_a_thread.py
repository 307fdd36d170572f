import asyncio
import threading

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
PATIENCE = 5.0  # seconds after which the supplier gives up


def ask(supplier: str, isbn: str, all_served: threading.Event) -> int:
    """A call of an old library: it blocks until the answer is there."""
    if not all_served.wait(PATIENCE):
        raise TimeoutError(f"{supplier} gave up")
    return LIST_CENTS[isbn]


async def serve(all_served: threading.Event) -> None:
    for customer in ("Amara", "Bilal", "Diego"):
        print("the till serves", customer)
        await asyncio.sleep(0)
    all_served.set()


async def main() -> None:
    all_served = threading.Event()
    till = asyncio.create_task(serve(all_served))
    price = await asyncio.to_thread(
        ask, "north", NIGHT_TRAINS, all_served
    )
    print("north asks for", price)
    await till


if __name__ == "__main__":
    asyncio.run(main())
