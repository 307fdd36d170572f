import asyncio
import signal

signal.signal(signal.SIGINT, signal.default_int_handler)


async def sweep() -> list[int]:
    prices = []
    for price in (1250, 1100, 1750):
        prices.append(price)
        if len(prices) == 2:
            signal.raise_signal(signal.SIGINT)
        await asyncio.sleep(0)
    return prices


prices: list[int] = []
try:
    prices = asyncio.run(sweep())
except KeyboardInterrupt:
    print("interrupted")
print(prices)
