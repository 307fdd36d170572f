"""Three suppliers behind one local HTTP service."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

LIST_CENTS = {
    "9780000000019": 1850,
    "9780000000026": 2200,
    "9780000000033": 1500,
    "9780000000040": 999,
    "9780000000057": 2750,
    "9780000000064": 1250,
    "9780000000071": 1750,
    "9780000000088": 1100,
}
EXTRA_CENTS = {"north": 0, "south": -50, "east": 75}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Counters:
    requests: int = 0
    in_flight: int = 0
    peak: int = 0
    flaky_calls: int = 0


COUNTERS = web.AppKey("counters", Counters)
routes = web.RouteTableDef()


@web.middleware
async def count(
    request: web.Request, handler: Handler
) -> web.StreamResponse:
    if request.path == "/stats":
        return await handler(request)
    counters = request.app[COUNTERS]
    counters.requests += 1
    counters.in_flight += 1
    counters.peak = max(counters.peak, counters.in_flight)
    try:
        return await handler(request)
    finally:
        counters.in_flight -= 1


def number(request: web.Request, name: str) -> int:
    text = request.query.get(name, "")
    if not text.isdecimal():
        raise web.HTTPBadRequest(text=f"give {name}= a whole number")
    return int(text)


@routes.get("/price/{supplier}/{isbn}")
async def price(request: web.Request) -> web.Response:
    supplier = request.match_info["supplier"]
    isbn = request.match_info["isbn"]
    if supplier not in EXTRA_CENTS or isbn not in LIST_CENTS:
        raise web.HTTPNotFound(text=f"{supplier} has no {isbn}")
    cents = LIST_CENTS[isbn] + EXTRA_CENTS[supplier]
    return web.json_response(
        {"supplier": supplier, "isbn": isbn, "price_cents": cents}
    )


@routes.get("/slow")
async def slow(request: web.Request) -> web.Response:
    ms = number(request, "ms")
    await asyncio.sleep(ms / 1000)
    return web.Response(text=f"waited {ms} ms")


@routes.get("/flaky")
async def flaky(request: web.Request) -> web.Response:
    failures = number(request, "fail")
    counters = request.app[COUNTERS]
    counters.flaky_calls += 1
    if counters.flaky_calls <= failures:
        raise web.HTTPServiceUnavailable(text="try again")
    return web.Response(text=f"call {counters.flaky_calls} is served")


@routes.get("/status/{code:[2-5][0-9][0-9]}")
async def status(request: web.Request) -> web.Response:
    code = int(request.match_info["code"])
    return web.Response(status=code, text=f"as you wish: {code}")


@routes.get("/stats")
async def stats(request: web.Request) -> web.Response:
    counters = request.app[COUNTERS]
    return web.json_response(
        {"requests": counters.requests, "peak": counters.peak}
    )


@asynccontextmanager
async def open_desk() -> AsyncIterator[str]:
    app = web.Application(middlewares=[count])
    app[COUNTERS] = Counters()
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port=0).start()
        host, port = runner.addresses[0]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()
