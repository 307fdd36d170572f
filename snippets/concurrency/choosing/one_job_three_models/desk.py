"""Three suppliers behind one local service, which counts."""

import asyncio
from collections.abc import Callable

LIST_CENTS = {"9780000000019": 1850, "9780000000064": 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
HOST = "127.0.0.1"
LIMIT = 3  # questions in flight; at that number the answers come


class Desk:
    def __init__(self) -> None:
        self.all_asking = asyncio.Barrier(LIMIT)
        self.in_flight = self.peak = 0

    async def answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        supplier, isbn = (await reader.readline()).decode().split()
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        await self.all_asking.wait()
        self.in_flight -= 1
        price = LIST_CENTS[isbn] + EXTRA_CENTS[supplier]
        writer.write(f"{price}\n".encode())
        writer.close()
        await writer.wait_closed()


async def measure(sweep: Callable[[int], list[int]]) -> None:
    """Open a new desk, let a sweep ask it, and print both's results."""
    desk = Desk()
    async with await asyncio.start_server(desk.answer, HOST) as service:
        port = service.sockets[0].getsockname()[1]
        prices = await asyncio.to_thread(sweep, port)
    print(f"{sweep.__name__}: {prices} peak: {desk.peak}")
