import asyncio
from urllib.request import urlopen

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

SUPPLIERS = ("north", "south", "east")


class Desk:
    def __init__(self, together: int) -> None:
        self.together = asyncio.Barrier(together)
        self.in_flight = self.peak = 0

    async def is_open(self, request: web.Request) -> web.Response:
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        await self.together.wait()
        self.in_flight -= 1
        return web.Response(text="open")


def read(url: str) -> str:
    with urlopen(url) as response:
        return response.read().decode()


async def fetch(url: str, session: ClientSession) -> str:
    async with session.get(url) as response:
        return await response.text()


async def one_by_one(urls: list[str]) -> None:
    for url in urls:
        await asyncio.to_thread(read, url)


async def in_threads(urls: list[str]) -> None:
    await asyncio.gather(
        *(asyncio.to_thread(read, url) for url in urls)
    )


async def in_tasks(urls: list[str]) -> None:
    async with ClientSession() as session:
        await asyncio.gather(*(fetch(url, session) for url in urls))


async def main() -> None:
    for way, together in (
        (one_by_one, 1),
        (in_threads, 3),
        (in_tasks, 3),
    ):
        desk, app = Desk(together), web.Application()
        app.router.add_get("/{supplier}", desk.is_open)
        async with TestServer(app) as server:
            await way(
                [str(server.make_url(f"/{s}")) for s in SUPPLIERS]
            )
        print(f"{way.__name__}: peak {desk.peak}")


if __name__ == "__main__":
    asyncio.run(main())
