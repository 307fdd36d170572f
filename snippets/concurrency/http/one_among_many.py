import asyncio

from aiohttp import ClientResponseError, ClientSession, web
from aiohttp.test_utils import TestServer

NIGHT_TRAINS = "9780000000064"
SUPPLIERS = ("north", "south", "east")


class Desk:
    def __init__(self) -> None:
        self.looked_up = asyncio.Event()

    async def price(self, request: web.Request) -> web.Response:
        if request.match_info["supplier"] == "south":
            raise web.HTTPServiceUnavailable
        await self.looked_up.wait()
        return web.json_response({"price_cents": 1250})


async def ask(supplier: str, isbn: str, session: ClientSession) -> int:
    async with session.get(f"/price/{supplier}/{isbn}") as response:
        response.raise_for_status()
        return (await response.json())["price_cents"]


async def ask_all(desk: Desk, session: ClientSession) -> None:
    calls = [ask(name, NIGHT_TRAINS, session) for name in SUPPLIERS]
    tasks = []
    try:
        async with asyncio.TaskGroup() as group:
            tasks += [group.create_task(call) for call in calls]
    except* ClientResponseError as errors:
        print("group:", [error.status for error in errors.exceptions])
    print("cancelled:", [task.cancelled() for task in tasks])

    desk.looked_up.set()
    calls = [ask(name, NIGHT_TRAINS, session) for name in SUPPLIERS]
    for answer in await asyncio.gather(*calls, return_exceptions=True):
        print("gather:", getattr(answer, "status", answer))


async def main() -> None:
    desk, app = Desk(), web.Application()
    app.router.add_get("/price/{supplier}/{isbn}", desk.price)
    async with TestServer(app) as server:
        async with ClientSession(server.make_url("/")) as session:
            await ask_all(desk, session)


if __name__ == "__main__":
    asyncio.run(main())
