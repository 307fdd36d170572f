import asyncio
from collections.abc import Callable

MINUTE = 60.0


async def serve(shop_opens: asyncio.Event) -> str:
    await shop_opens.wait()
    return "the till serves Amara"


def open_shop(
    hand_over: Callable[..., object], shop_opens: asyncio.Event
) -> None:
    """Runs in another thread than the loop of the event."""
    try:
        hand_over(shop_opens.set)
        print(hand_over.__name__, "is accepted")
    except RuntimeError as error:
        print(hand_over.__name__, "is refused:")
        print(" ", error)


async def main() -> None:
    loop = asyncio.get_running_loop()
    loop.slow_callback_duration = MINUTE  # no report of slow steps
    shop_opens = asyncio.Event()
    till = asyncio.create_task(serve(shop_opens))
    for hand_over in (loop.call_soon, loop.call_soon_threadsafe):
        await asyncio.to_thread(open_shop, hand_over, shop_opens)
    print(await till)


if __name__ == "__main__":
    asyncio.run(main(), debug=True)
