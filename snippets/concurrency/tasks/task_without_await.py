import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}


async def ask(supplier: str, isbn: str) -> int:
    print(f"ask: {supplier} answers")
    return LIST_CENTS[isbn]


async def main() -> None:
    task = asyncio.create_task(
        ask("north", NIGHT_TRAINS), name="ask north"
    )
    print(f"main: made the task {task.get_name()!r}")
    print("main: done already?", task.done())
    await asyncio.sleep(0)
    print("main: done one turn later?", task.done())


if __name__ == "__main__":
    asyncio.run(main())
