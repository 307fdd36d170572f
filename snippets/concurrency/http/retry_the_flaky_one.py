import asyncio

from aiohttp import ClientResponseError, ClientSession, web
from aiohttp.test_utils import TestServer

PAUSES = (0.01, 0.02, 0.04)  # seconds before the 2nd, 3rd and 4th try


class Desk:
    def __init__(self) -> None:
        self.calls = 0

    async def flaky(self, request: web.Request) -> web.Response:
        self.calls += 1
        if self.calls <= int(request.query["fail"]):
            raise web.HTTPServiceUnavailable
        return web.Response(text=f"call {self.calls} is served")


async def fetch(path: str, session: ClientSession) -> str:
    for pause in (*PAUSES, None):
        try:
            async with session.get(path) as response:
                response.raise_for_status()
                return await response.text()
        except ClientResponseError as error:
            if error.status != 503 or pause is None:
                raise
            print(f"{path}: {error.status}, wait {pause} s")
        await asyncio.sleep(pause)


async def main() -> None:
    desk, app = Desk(), web.Application()
    app.router.add_get("/flaky", desk.flaky)
    async with TestServer(app) as server:
        async with ClientSession(server.make_url("/")) as session:
            for path in ("/flaky?fail=2", "/flakey?fail=2"):
                task = asyncio.create_task(fetch(path, session))
                await asyncio.wait([task])
                error = task.exception()
                print(
                    f"{path}:", error.status if error else task.result()
                )


if __name__ == "__main__":
    asyncio.run(main())
