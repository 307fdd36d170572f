import asyncio

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer


async def price(request: web.Request) -> web.Response:
    return web.json_response({"price_cents": 1250})


async def main() -> None:
    app = web.Application()
    app.router.add_get("/price", price)
    async with TestServer(app) as server, ClientSession() as session:
        async with session.get(server.make_url("/price")) as response:
            answer = response.json()
            print(type(answer).__name__)
            print(await answer)


asyncio.run(main())
