import asyncio


async def watch() -> None:
    try:
        await asyncio.Event().wait()
    except Exception:
        print("failed")
    finally:
        print("cleaned up")


async def main() -> None:
    task = asyncio.create_task(watch())
    task.cancel()
    await asyncio.wait([task])
    print("cancelled:", task.cancelled())


asyncio.run(main())
