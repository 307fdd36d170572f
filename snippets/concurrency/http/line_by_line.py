import asyncio

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

LIST_CENTS = {
    "9780000000019": 1850,
    "9780000000026": 2200,
    "9780000000040": 999,
    "9780000000057": 2750,
}


class Desk:
    def __init__(self) -> None:
        self.was_read = asyncio.Event()

    async def prices(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for isbn, cents in LIST_CENTS.items():
            print("desk sends", isbn)
            await response.write(f"{isbn} {cents}\n".encode())
            await self.was_read.wait()
            self.was_read.clear()
        return response


async def main() -> None:
    desk, app = Desk(), web.Application()
    app.router.add_get("/prices", desk.prices)
    async with (
        TestServer(app) as server,
        ClientSession(server.make_url("/")) as session,
        session.get("/prices") as response,
    ):
        async for line in response.content:
            isbn, cents = line.decode().split()
            print("shop reads", isbn, cents)
            if int(cents) < 1000:
                break
            desk.was_read.set()
    print("closed before the end")


if __name__ == "__main__":
    asyncio.run(main())
