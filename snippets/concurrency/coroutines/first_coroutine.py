import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
WAIT = 0.02  # seconds a supplier takes to answer


async def ask(supplier: str, isbn: str) -> int:
    print("hello,", supplier)
    await asyncio.sleep(WAIT)
    print(supplier, "answers")
    return LIST_CENTS[isbn]


async def main() -> int:
    price = await ask("north", NIGHT_TRAINS)
    print("price:", price)
    return price


if __name__ == "__main__":
    print("asyncio.run returned", asyncio.run(main()))
