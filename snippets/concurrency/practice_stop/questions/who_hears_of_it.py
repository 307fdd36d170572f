import asyncio
import signal

signal.signal(signal.SIGINT, signal.default_int_handler)


async def sweep(prices: list[int]) -> None:
    try:
        prices.append(1250)
        signal.raise_signal(signal.SIGINT)
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        print("stopped")


prices: list[int] = []
try:
    asyncio.run(sweep(prices))
    print("complete")
except KeyboardInterrupt:
    print("interrupted")
