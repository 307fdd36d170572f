import asyncio

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}


class Desk:
    def __init__(self, together: int) -> None:
        self.together = asyncio.Barrier(together)
        self.in_flight = self.peak = 0

    async def price(self, request: web.Request) -> web.Response:
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        await self.together.wait()
        self.in_flight -= 1
        extra = EXTRA_CENTS[request.match_info["supplier"]]
        cents = LIST_CENTS[request.match_info["isbn"]] + extra
        return web.json_response({"price_cents": cents})


async def ask(supplier: str, isbn: str, session: ClientSession) -> int:
    async with session.get(f"/price/{supplier}/{isbn}") as response:
        answer = await response.json()
    return answer["price_cents"]


async def main() -> None:
    desk = Desk(together=3)
    app = web.Application()
    app.router.add_get("/price/{supplier}/{isbn}", desk.price)
    async with TestServer(app) as server:
        async with ClientSession(server.make_url("/")) as session:
            calls = [ask(s, NIGHT_TRAINS, session) for s in EXTRA_CENTS]
            print("prices:", await asyncio.gather(*calls))
    print("peak in flight:", desk.peak)


if __name__ == "__main__":
    asyncio.run(main())
