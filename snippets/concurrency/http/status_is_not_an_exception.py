import asyncio

from aiohttp import ClientResponseError, ClientSession, web
from aiohttp.test_utils import TestServer


async def status(request: web.Request) -> web.Response:
    code = int(request.match_info["code"])
    return web.Response(status=code, text=f"as you wish: {code}")


async def main() -> None:
    app = web.Application()
    app.router.add_get("/status/{code}", status)
    async with (
        TestServer(app) as server,
        ClientSession(server.make_url("/")) as session,
    ):
        async with session.get("/status/500") as response:
            print(response.status, response.ok, await response.text())
        try:
            async with session.get("/status/500") as response:
                response.raise_for_status()
        except ClientResponseError as error:
            print("raised:", error.status, error.message)
        try:
            async with session.get(
                "/status/404", raise_for_status=True
            ):
                print("not reached")
        except ClientResponseError as error:
            print("raised:", error.status, error.message)


if __name__ == "__main__":
    asyncio.run(main())
