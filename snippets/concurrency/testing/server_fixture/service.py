from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

LIST_CENTS = {"9780000000064": 1250}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}
routes = web.RouteTableDef()


@routes.get("/price/{supplier}/{isbn}")
async def price(request: web.Request) -> web.Response:
    supplier = request.match_info["supplier"]
    isbn = request.match_info["isbn"]
    if supplier not in EXTRA_CENTS or isbn not in LIST_CENTS:
        raise web.HTTPNotFound(text=f"{supplier} has no {isbn}")
    cents = LIST_CENTS[isbn] + EXTRA_CENTS[supplier]
    return web.json_response({"price_cents": cents})


@asynccontextmanager
async def open_desk() -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port=0).start()
        host, port = runner.addresses[0]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()
