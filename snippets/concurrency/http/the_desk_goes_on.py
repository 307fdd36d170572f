import asyncio

from aiohttp import ClientSession, web


class Desk:
    def __init__(self) -> None:
        self.asked, self.found = asyncio.Event(), asyncio.Event()
        self.ended = asyncio.Event()

    async def price(self, request: web.Request) -> web.Response:
        print("desk: looks it up")
        self.asked.set()
        await self.found.wait()
        print("desk: has found it")
        self.ended.set()
        return web.Response(text="1250")


async def fetch(url: str) -> str:
    async with ClientSession() as session, session.get(url) as response:
        return await response.text()


async def main() -> None:
    desk, app = Desk(), web.Application()
    app.router.add_get("/price", desk.price)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port=0).start()
        host, port = runner.addresses[0]
        request = asyncio.create_task(
            fetch(f"http://{host}:{port}/price")
        )
        await desk.asked.wait()
        request.cancel()
        await asyncio.wait([request])
        print("shop: cancelled", request.cancelled())
        desk.found.set()
        await desk.ended.wait()
    finally:
        await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
