import asyncio

waits: list[int] = []


async def price() -> int:
    raise ConnectionError("bad line")


async def ask_again(tries: int, wait: int) -> int:
    for _ in range(tries - 1):
        try:
            return await price()
        except ConnectionError:
            waits.append(wait)
            wait *= 2
    return await price()


try:
    asyncio.run(ask_again(tries=4, wait=2))
except ConnectionError:
    print(waits)
