import asyncio


async def current_loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


def main() -> None:
    first = asyncio.run(current_loop())
    second = asyncio.run(current_loop())
    print("asyncio.run twice, same loop:", first is second)
    print("both closed:", first.is_closed() and second.is_closed())

    with asyncio.Runner() as runner:
        first = runner.run(current_loop())
        second = runner.run(current_loop())
        print("one Runner, same loop:", first is second)
        print("closed inside the block:", first.is_closed())
    print("closed after it:", first.is_closed())


if __name__ == "__main__":
    main()
