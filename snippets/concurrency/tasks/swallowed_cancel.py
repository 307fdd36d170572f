import asyncio

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}


class Desk:
    def __init__(self) -> None:
        self.calls = 0
        self.first_call = asyncio.Event()

    async def ask(self, supplier: str, isbn: str) -> int:
        self.calls += 1
        if self.calls == 1:
            self.first_call.set()
            await asyncio.Event().wait()  # no answer to this one
        return LIST_CENTS[isbn]


async def retry_on_anything(desk: Desk) -> int:
    try:
        return await desk.ask("north", NIGHT_TRAINS)
    except BaseException:
        return await desk.ask("north", NIGHT_TRAINS)


async def retry_on_a_bad_line(desk: Desk) -> int:
    try:
        return await desk.ask("north", NIGHT_TRAINS)
    except ConnectionError:
        return await desk.ask("north", NIGHT_TRAINS)


async def main() -> None:
    for retry in (retry_on_anything, retry_on_a_bad_line):
        desk = Desk()
        task = asyncio.create_task(retry(desk))
        await desk.first_call.wait()
        task.cancel()
        await asyncio.wait([task])
        print(retry.__name__, "calls:", desk.calls, end=" ")
        print("cancelled:", task.cancelled())


if __name__ == "__main__":
    asyncio.run(main())
