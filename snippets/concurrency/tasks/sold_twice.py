import asyncio

WAIT = 0.01  # seconds a payment takes


class StockCounter:
    def __init__(self, left: int) -> None:
        self.left = left
        self._lock = asyncio.Lock()

    async def sell(self) -> bool:
        if self.left == 0:
            return False
        await asyncio.sleep(WAIT)
        self.left -= 1
        return True

    async def sell_locked(self) -> bool:
        async with self._lock:
            return await self.sell()


async def main() -> None:
    stock = StockCounter(left=1)
    tills = [stock.sell(), stock.sell()]
    print("two tills:", await asyncio.gather(*tills))
    print("copies left:", stock.left)

    stock = StockCounter(left=1)
    tills = [stock.sell_locked(), stock.sell_locked()]
    print("with a lock:", await asyncio.gather(*tills))
    print("copies left:", stock.left)


if __name__ == "__main__":
    asyncio.run(main())
