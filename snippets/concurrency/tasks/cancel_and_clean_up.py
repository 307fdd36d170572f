import asyncio

NIGHT_TRAINS = "9780000000064"


async def ask(supplier: str, isbn: str, asked: asyncio.Event) -> None:
    print("open the line to", supplier)
    try:
        asked.set()
        await asyncio.Event().wait()  # the answer does not come
    except Exception:
        print("never printed: cancellation is no Exception")
    finally:
        print("close the line to", supplier)
    print("never printed: cancellation goes on after finally")


async def main() -> None:
    asked = asyncio.Event()
    task = asyncio.create_task(ask("north", NIGHT_TRAINS, asked))
    await asked.wait()
    task.cancel()
    print("right after cancel():", task.cancelled())
    await asyncio.wait([task])
    print("after the wait:", task.cancelled())
    print("derives from", asyncio.CancelledError.__base__.__name__)


if __name__ == "__main__":
    asyncio.run(main())
