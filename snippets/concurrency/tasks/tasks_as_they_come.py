import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
WAIT = 0.01  # seconds from one answer to the next

Gates = dict[str, asyncio.Event]


async def ask(supplier: str, isbn: str, gates: Gates) -> int:
    await gates[supplier].wait()
    return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


async def open_in_turn(gates: Gates) -> None:
    for supplier in ("east", "south", "north"):
        await asyncio.sleep(WAIT)
        gates[supplier].set()


async def main() -> None:
    gates = {supplier: asyncio.Event() for supplier in EXTRA_CENTS}
    async with asyncio.TaskGroup() as group:
        group.create_task(open_in_turn(gates))
        tasks = [
            group.create_task(ask(name, NIGHT_TRAINS, gates), name=name)
            for name in gates
        ]
        async for task in asyncio.as_completed(tasks):
            price = task.result()
            print(task.get_name(), price, "ours:", task in tasks)


if __name__ == "__main__":
    asyncio.run(main())
