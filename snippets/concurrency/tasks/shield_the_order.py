import asyncio

NIGHT_TRAINS = "9780000000064"
LIMIT = 0.02  # seconds the till is ready to wait


async def place_order(isbn: str, confirmed: asyncio.Event) -> str:
    print("the order is on its way")
    try:
        await confirmed.wait()
    finally:
        end = "confirmed" if confirmed.is_set() else "cut off"
        print("the order was", end)
    return f"ordered {isbn}"


async def wait_at_the_till(order: asyncio.Future[str]) -> None:
    try:
        async with asyncio.timeout(LIMIT):
            await order
    except TimeoutError:
        print("the till waits no longer")


async def main() -> None:
    confirmed = asyncio.Event()
    order = asyncio.create_task(place_order(NIGHT_TRAINS, confirmed))
    await wait_at_the_till(asyncio.shield(order))
    print("shielded order, still running:", not order.done())
    confirmed.set()
    print(await order)

    confirmed.clear()
    order = asyncio.create_task(place_order(NIGHT_TRAINS, confirmed))
    await wait_at_the_till(order)
    print("plain order, cancelled:", order.cancelled())


if __name__ == "__main__":
    asyncio.run(main())
