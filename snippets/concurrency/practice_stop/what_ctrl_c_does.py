import asyncio
import signal


async def wait_for_ever(prices: list[int]) -> None:
    prices.append(1250)
    signal.raise_signal(signal.SIGINT)  # as Ctrl-C does
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        print("the main task is cancelled")
        raise
    finally:
        print("it hangs up")


def main() -> None:
    prices: list[int] = []
    try:
        asyncio.run(wait_for_ever(prices))
    except KeyboardInterrupt:
        print("after asyncio.run: KeyboardInterrupt")
    print("what is there:", prices)


if __name__ == "__main__":
    # Also where a shell has started it in the background.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main()
