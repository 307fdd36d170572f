import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}


async def look_up(isbn: str) -> int:
    return LIST_CENTS[isbn]


async def serve(customer: str) -> str:
    return f"{customer} is served"


async def main() -> None:
    till = asyncio.create_task(serve("Amara"))
    for _ in range(1000):
        await look_up(NIGHT_TRAINS)
    print("after 1000 awaits, served:", till.done())
    await asyncio.sleep(0)
    print("after one sleep(0), served:", till.done())
    print(await till)


if __name__ == "__main__":
    asyncio.run(main())
