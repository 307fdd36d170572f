import asyncio
import threading

stock = {"Night Trains": 1}


async def buy(title: str, door: asyncio.Event) -> bool:
    await door.wait()
    if stock[title] == 0:
        return False
    stock[title] -= 1
    return True


async def main() -> None:
    door = asyncio.Event()
    async with asyncio.TaskGroup() as shop:
        queue = [
            shop.create_task(buy("Night Trains", door))
            for _ in range(1_000)
        ]
        await asyncio.sleep(0)
        print("waiting:", sum(not buyer.done() for buyer in queue))
        print("threads:", threading.active_count())
        door.set()
    print("sold:", sum(buyer.result() for buyer in queue))
    print("left:", stock["Night Trains"])


if __name__ == "__main__":
    asyncio.run(main())
