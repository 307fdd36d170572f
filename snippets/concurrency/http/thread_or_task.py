import asyncio
from urllib.request import urlopen

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

SUPPLIERS = ("north", "south", "east")


class Desk:
    def __init__(self) -> None:
        self.together = asyncio.Barrier(len(SUPPLIERS))

    async def is_open(self, request: web.Request) -> web.Response:
        await self.together.wait()
        return web.Response(text="open")


def read(url: str) -> str:
    with urlopen(url) as response:
        return response.read().decode()


async def fetch(url: str, session: ClientSession) -> str:
    async with session.get(url) as response:
        return await response.text()


async def in_threads(urls: list[str]) -> list[str]:
    calls = (asyncio.to_thread(read, url) for url in urls)
    return await asyncio.gather(*calls)


async def in_tasks(urls: list[str]) -> list[str]:
    async with ClientSession() as session:
        calls = (fetch(url, session) for url in urls)
        return await asyncio.gather(*calls)


async def main() -> None:
    app = web.Application()
    app.router.add_get("/{supplier}", Desk().is_open)
    async with TestServer(app) as server:
        urls = [str(server.make_url(f"/{name}")) for name in SUPPLIERS]
        print("threads:", await in_threads(urls))
        print("tasks:", await in_tasks(urls))


if __name__ == "__main__":
    asyncio.run(main())
