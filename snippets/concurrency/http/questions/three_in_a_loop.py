import asyncio

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer


class Desk:
    in_flight = peak = 0

    async def price(self, request: web.Request) -> web.Response:
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        await asyncio.sleep(0)
        self.in_flight -= 1
        return web.Response(status=404)


async def main() -> None:
    desk, app = Desk(), web.Application()
    app.router.add_get("/price", desk.price)
    async with TestServer(app) as server, ClientSession() as session:
        for _ in range(3):
            async with session.get(
                server.make_url("/price")
            ) as response:
                if response.ok:
                    print("a price")
    print("peak", desk.peak)


asyncio.run(main())
