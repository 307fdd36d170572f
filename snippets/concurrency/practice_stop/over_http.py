import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

BROKEN = (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError)
BUSY = (429, 503)  # too many requests; not now
JOBS = (
    ("north", "9780000000064"),
    ("north", "9780000000033"),  # nobody has it
    ("east", "9780000000064"),  # not now
    ("south", "9780000000064"),  # the line breaks
)


class Suppliers:
    """Has the `ask` that the watcher wants, over HTTP."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def ask(self, supplier: str, isbn: str) -> int:
        url = f"/price/{supplier}/{isbn}"
        try:
            async with self.session.get(url) as response:
                if response.status in BUSY:
                    raise ConnectionError(f"status {response.status}")
                response.raise_for_status()
                return (await response.json())["price_cents"]
        except BROKEN as error:
            raise ConnectionError(type(error).__name__) from error


async def price(request: web.Request) -> web.Response:
    if request.match_info["supplier"] == "east":
        raise web.HTTPServiceUnavailable
    if request.match_info["supplier"] == "south":
        request.transport.close()
    if request.match_info["isbn"] == "9780000000033":
        raise web.HTTPNotFound
    return web.json_response({"price_cents": 1250})


async def main() -> None:
    app = web.Application()
    app.router.add_get("/price/{supplier}/{isbn}", price)
    async with TestServer(app) as server:
        url = server.make_url("/")
        async with aiohttp.ClientSession(url) as session:
            suppliers = Suppliers(session)
            for job in JOBS:
                try:
                    print(*job, await suppliers.ask(*job))
                except Exception as error:
                    print(*job, type(error).__name__)


if __name__ == "__main__":
    asyncio.run(main())
