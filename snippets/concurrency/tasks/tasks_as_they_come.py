import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
TURNS = {"north": 3, "south": 2, "east": 1}  # until the answer


async def ask(supplier: str, isbn: str) -> int:
    for _ in range(TURNS[supplier]):
        await asyncio.sleep(0)
    return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


async def main() -> None:
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(ask(name, NIGHT_TRAINS), name=name)
            for name in TURNS
        ]
        async for task in asyncio.as_completed(tasks):
            price = task.result()
            print(task.get_name(), price, "ours:", task in tasks)


if __name__ == "__main__":
    asyncio.run(main())
