import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}


async def ask(supplier: str, isbn: str) -> int:
    await asyncio.sleep(0)
    return LIST_CENTS[isbn]


def price_of(supplier: str, isbn: str) -> int:
    call = ask(supplier, isbn)
    try:
        return asyncio.run(call)
    finally:
        call.close()


async def main() -> None:
    print("main:", price_of("north", NIGHT_TRAINS))


if __name__ == "__main__":
    print("no loop yet:", price_of("north", NIGHT_TRAINS))
    asyncio.run(main())
