import asyncio

from aiohttp import ClientSession, ClientTimeout, web
from aiohttp.test_utils import TestServer

SHORT = ClientTimeout(total=0.05)  # seconds for the whole request


async def slow(request: web.Request) -> web.Response:
    await asyncio.sleep(int(request.query["ms"]) / 1000)
    return web.Response(text="at last")


async def fetch(
    path: str, session: ClientSession, limit: ClientTimeout
) -> str:
    async with session.get(path, timeout=limit) as response:
        return await response.text()


async def main() -> None:
    app = web.Application()
    app.router.add_get("/slow", slow)
    async with (
        TestServer(app) as server,
        ClientSession(server.make_url("/")) as session,
    ):
        print("default limit:", session.timeout.total, "seconds")
        print(await fetch("/slow?ms=1", session, session.timeout))
        print(await fetch("/slow?ms=9000", session, SHORT))


if __name__ == "__main__":
    asyncio.run(main())
