import asyncio
import socket

from aiohttp import ClientError, ClientSession, ClientTimeout, web
from aiohttp.test_utils import TestServer

SHORT = ClientTimeout(total=0.02)  # seconds for the whole request
LONG = ClientTimeout(total=30)


async def slow(request: web.Request) -> web.Response:
    await asyncio.sleep(int(request.query["ms"]) / 1000)
    return web.Response(text="at last")


async def fetch(
    session: ClientSession, url: str, limit: ClientTimeout
) -> str:
    try:
        async with session.get(url, timeout=limit) as response:
            response.raise_for_status()
            return await response.text()
    except ClientError as error:
        return f"ClientError, a {type(error).__name__}"
    except TimeoutError as error:
        return f"TimeoutError, a {type(error).__name__}"


async def main() -> None:
    app = web.Application()
    app.router.add_get("/slow", slow)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # bound, but it does not listen
        closed = f"http://127.0.0.1:{silent.getsockname()[1]}/slow"
        async with TestServer(app) as desk, ClientSession() as session:
            slow_url = str(desk.make_url("/slow"))
            print(await fetch(session, f"{slow_url}?ms=1", LONG))
            print(await fetch(session, f"{slow_url}est", LONG))
            print(await fetch(session, closed, LONG))
            print(await fetch(session, f"{slow_url}?ms=9000", SHORT))


if __name__ == "__main__":
    asyncio.run(main())
