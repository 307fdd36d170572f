import asyncio

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

SUPPLIERS = ("north", "south", "east")


class Desk:
    def __init__(self) -> None:
        self.connections = set()

    async def is_open(self, request: web.Request) -> web.Response:
        address = request.transport.get_extra_info("peername")
        self.connections.add(address)
        return web.Response(text="open")


async def fetch(url: str, session: ClientSession) -> str:
    async with session.get(url) as response:
        return await response.text()


async def main() -> None:
    desk, app = Desk(), web.Application()
    app.router.add_get("/{supplier}", desk.is_open)
    async with TestServer(app) as server:
        urls = [str(server.make_url(f"/{name}")) for name in SUPPLIERS]
        for url in urls:
            async with ClientSession() as session:
                await fetch(url, session)
        print("a session each:", len(desk.connections), "connections")

        desk.connections.clear()
        async with ClientSession() as session:
            for url in urls:
                await fetch(url, session)
        print("one session:", len(desk.connections), "connection")


if __name__ == "__main__":
    asyncio.run(main())
