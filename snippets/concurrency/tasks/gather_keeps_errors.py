import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
WAIT = 0.02  # seconds a supplier takes to answer


async def ask(supplier: str, isbn: str) -> int:
    if supplier == "south":
        raise ConnectionError("south is closed")
    await asyncio.sleep(WAIT)
    return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


async def main() -> None:
    answers = await asyncio.gather(
        *(ask(supplier, NIGHT_TRAINS) for supplier in EXTRA_CENTS),
        return_exceptions=True,
    )
    for supplier, answer in zip(EXTRA_CENTS, answers, strict=True):
        if isinstance(answer, BaseException):
            print(supplier, "failed:", answer)
        else:
            print(supplier, "asks for", answer)


if __name__ == "__main__":
    asyncio.run(main())
