import asyncio

NIGHT_TRAINS = "9780000000064"
BREAD = "9780000000033"
WAIT = 0.02  # seconds a supplier takes to answer


async def ask(supplier: str, isbn: str) -> None:
    if supplier == "south":
        raise ConnectionError("south is closed")
    if isbn == BREAD:
        raise LookupError(f"{supplier} has no {isbn}")
    await asyncio.sleep(WAIT)


async def main() -> None:
    try:
        async with asyncio.TaskGroup() as group:
            north = group.create_task(ask("north", NIGHT_TRAINS))
            group.create_task(ask("south", NIGHT_TRAINS))
            group.create_task(ask("east", BREAD))
    except* ConnectionError as errors:
        print("closed:", errors.exceptions)
    except* LookupError as errors:
        print("missing:", errors.exceptions)
    print("north was cancelled:", north.cancelled())


if __name__ == "__main__":
    asyncio.run(main())
