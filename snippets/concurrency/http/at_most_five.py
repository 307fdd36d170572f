import asyncio

from aiohttp import ClientSession, TCPConnector, web
from aiohttp.test_utils import TestServer

REQUESTS = 20


class Desk:
    def __init__(self, together: int) -> None:
        self.together, self.gate = together, asyncio.Event()
        self.in_flight = self.peak = 0

    async def price(self, request: web.Request) -> web.Response:
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        if self.in_flight == self.together:
            self.gate.set()
        await self.gate.wait()
        self.in_flight -= 1
        return web.json_response({"price_cents": 1250})


async def peak_of(together: int, places: int, limit: int) -> int:
    desk, app = Desk(together), web.Application()
    app.router.add_get("/price", desk.price)
    free, pool = asyncio.Semaphore(places), TCPConnector(limit=limit)

    async def fetch() -> None:
        async with free, session.get("/price") as response:
            await response.json()

    async with TestServer(app) as server:
        root = server.make_url("/")
        async with ClientSession(root, connector=pool) as session:
            await asyncio.gather(*(fetch() for _ in range(REQUESTS)))
    return desk.peak


async def main() -> None:
    print("no limit:", await peak_of(20, places=20, limit=0))
    print("semaphore:", await peak_of(5, places=5, limit=0))
    print("connector:", await peak_of(5, places=20, limit=5))


if __name__ == "__main__":
    asyncio.run(main())
