import asyncio
import warnings

NIGHT_TRAINS = "9780000000064"


async def reserve(isbn: str, reserved: list[str]) -> None:
    await asyncio.sleep(0)  # stands for the call to the supplier
    reserved.append(isbn)


async def main() -> None:
    reserved: list[str] = []
    reserve(NIGHT_TRAINS, reserved)
    print("reserved:", reserved)


if __name__ == "__main__":
    warnings.simplefilter("default")
    asyncio.run(main())
