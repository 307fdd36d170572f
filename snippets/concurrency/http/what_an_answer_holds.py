import asyncio

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}

routes = web.RouteTableDef()


@routes.get("/price/north/{isbn}")
async def price(request: web.Request) -> web.Response:
    cents = LIST_CENTS[request.match_info["isbn"]]
    return web.json_response({"price_cents": cents})


@routes.get("/slow")
async def slow(request: web.Request) -> web.Response:
    ms, agent = request.query["ms"], request.headers["User-Agent"]
    return web.Response(text=f"{agent} asks for {ms} ms")


async def main() -> None:
    app = web.Application()
    app.add_routes(routes)
    who = {"User-Agent": "lantern-books"}
    async with (
        TestServer(app) as server,
        ClientSession(server.make_url("/"), headers=who) as session,
    ):
        path = f"/price/north/{NIGHT_TRAINS}"
        async with session.get(path) as response:
            print(response.status, response.reason)
            print(response.headers["Content-Type"])
            print(await response.json())
        async with session.get("/slow", params={"ms": 5}) as response:
            print(response.url.path_qs)
            print(await response.text())


if __name__ == "__main__":
    asyncio.run(main())
