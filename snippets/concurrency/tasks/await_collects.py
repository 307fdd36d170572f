import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}


async def ask(supplier: str, isbn: str) -> int:
    if supplier == "south":
        raise ConnectionError("south is closed")
    return LIST_CENTS[isbn]


async def main() -> None:
    north = asyncio.create_task(ask("north", NIGHT_TRAINS))
    south = asyncio.create_task(ask("south", NIGHT_TRAINS))
    await asyncio.sleep(0)
    print("both done:", north.done() and south.done())
    print("main has noticed nothing")

    print("north:", await north)
    try:
        print("south:", await south)
    except ConnectionError as error:
        print("south:", error)
    print("north, once more:", await north)


if __name__ == "__main__":
    asyncio.run(main())
