import asyncio

WAIT = 0.02  # seconds until the answer is there


async def wait_for_price(answer: asyncio.Future[int]) -> None:
    print("task: first step")
    price = await answer
    print("task: goes on with", price)


def arrive(answer: asyncio.Future[int], price: int) -> None:
    print("callback: the answer arrives")
    answer.set_result(price)
    print("callback: ends")


async def main() -> None:
    loop = asyncio.get_running_loop()
    answer = loop.create_future()
    loop.call_later(WAIT, arrive, answer, 1250)
    loop.call_soon(print, "callback: one")
    task = asyncio.create_task(wait_for_price(answer))
    loop.call_soon(print, "callback: two")
    print("main: nothing has run yet")
    await task
    print("main: the future is done:", answer.done())


if __name__ == "__main__":
    asyncio.run(main())
