import asyncio

# seconds it takes to pack each order
SECONDS = {"Salt Roads": 0, "Night Trains": 60, "100% Bread": 0}
GRACE = 0.02  # seconds left to pack at closing time


class Desk:
    def __init__(self) -> None:
        self.orders: asyncio.Queue[str] = asyncio.Queue()
        self.packed: list[str] = []
        self.tomorrow: list[str] = []

    async def pack(self) -> None:
        while True:
            title = await self.orders.get()
            try:
                await asyncio.sleep(SECONDS[title])
                self.packed.append(title)
            except BaseException:  # cut off or failed: it is not lost
                self.tomorrow.append(title)
                raise
            finally:
                self.orders.task_done()

    async def close(self, packer: asyncio.Task[None]) -> None:
        try:
            await asyncio.wait_for(self.orders.join(), GRACE)
        except TimeoutError:
            print("time is over, not begun:", self.orders.qsize())
        packer.cancel()
        await asyncio.wait([packer])
        while not self.orders.empty():
            self.tomorrow.append(self.orders.get_nowait())
        if not packer.cancelled():
            packer.result()  # raises what the packer failed with


async def main() -> None:
    desk = Desk()
    for title in SECONDS:
        desk.orders.put_nowait(title)
    await desk.close(asyncio.create_task(desk.pack()))
    print("packed:", desk.packed)
    print("for tomorrow:", desk.tomorrow)


if __name__ == "__main__":
    asyncio.run(main())
