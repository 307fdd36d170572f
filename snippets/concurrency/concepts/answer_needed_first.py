import asyncio

ISBN = {"Night Trains": "9780000000064"}
WAIT = 0.01  # seconds


async def find_isbn(title: str, card: dict[str, str]) -> None:
    await asyncio.sleep(WAIT)
    card["isbn"] = ISBN[title]


async def find_price(card: dict[str, str]) -> int:
    isbn = card["isbn"]
    await asyncio.sleep(WAIT)
    print("asked for", isbn)
    return 1250


async def main() -> None:
    card: dict[str, str] = {}
    await find_isbn("Night Trains", card)
    print("one after the other:", await find_price(card))

    card.clear()
    found = asyncio.create_task(find_isbn("Night Trains", card))
    price = asyncio.create_task(find_price(card))
    await found
    print("overlapped:", await price)


if __name__ == "__main__":
    asyncio.run(main())
