import asyncio
from threading import Event

begun, go_on, ended = Event(), Event(), Event()
sold: list[str] = []


def sell(title: str) -> None:
    begun.set()
    go_on.wait()
    sold.append(title)
    ended.set()


async def main() -> None:
    sale = asyncio.create_task(asyncio.to_thread(sell, "Night Trains"))
    await asyncio.to_thread(begun.wait)
    sale.cancel()
    await asyncio.wait([sale])
    go_on.set()
    await asyncio.to_thread(ended.wait)
    print("cancelled:", sale.cancelled(), "sold:", sold)


asyncio.run(main())
