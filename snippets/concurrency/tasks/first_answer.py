import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}

Gates = dict[str, asyncio.Event]


async def ask(supplier: str, isbn: str, gates: Gates) -> int:
    await gates[supplier].wait()
    return LIST_CENTS[isbn] + EXTRA_CENTS[supplier]


async def main() -> None:
    gates = {supplier: asyncio.Event() for supplier in EXTRA_CENTS}
    tasks = [
        asyncio.create_task(ask(name, NIGHT_TRAINS, gates), name=name)
        for name in gates
    ]
    gates["south"].set()
    done, pending = await asyncio.wait(
        tasks, return_when=asyncio.FIRST_COMPLETED
    )
    for task in done:
        print("done:", task.get_name(), task.result())
    print("pending:", sorted(task.get_name() for task in pending))

    for task in pending:
        task.cancel()
    await asyncio.wait(tasks)
    print("cancelled:", all(task.cancelled() for task in pending))


if __name__ == "__main__":
    asyncio.run(main())
