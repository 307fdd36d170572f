"""The claims of docs/concurrency/http.md, "Fetch many pages at once"."""

import asyncio
import gc
import importlib.util
import inspect
import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from itertools import pairwise, permutations
from pathlib import Path
from types import ModuleType
from urllib.request import urlopen

import aiohttp
import pytest
from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web
from aiohttp.http_exceptions import LineTooLong
from aiohttp.test_utils import TestServer

from proving.timelines import comparable

LESSON = "concurrency/http"
SNIPPETS = Path(__file__).parents[2] / "snippets"
SHORT = ClientTimeout(total=0.05)
PATIENCE = 30.0  # seconds that no sound run needs

Output = Callable[[str], str]
Load = Callable[[str], ModuleType]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """Every server and pool of a test has ended with it; the board's pool has not."""
    before = set(threading.enumerate())
    yield
    left = set(threading.enumerate()) - before
    assert [t for t in left if not t.name.startswith("ThreadPoolExecutor")] == []


def play(scene: Awaitable[object]) -> object:
    """Run a test's coroutine, and cut it off if it stands still."""

    async def limited() -> object:
        async with asyncio.timeout(PATIENCE):
            return await scene

    return asyncio.run(limited())


@asynccontextmanager
async def serving(handler: Handler, **settings: object) -> AsyncIterator[ClientSession]:
    """A session whose requests all come to this handler."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    async with (
        TestServer(app) as server,
        ClientSession(server.make_url("/"), **settings) as session,
    ):
        yield session


async def text_of(session: ClientSession, path: str = "/", **keywords: object) -> str:
    async with session.get(path, **keywords) as response:
        return await response.text()


async def hello(request: web.Request) -> web.Response:
    return web.Response(text="hello")


def address(request: web.Request) -> tuple:
    return request.transport.get_extra_info("peername")


# Coroutines that take turns, a thread for each call


def test_a_blocking_client_takes_turns(output: Output) -> None:
    """Three coroutines with a blocking call have a peak of 1."""
    assert output(f"{LESSON}/blocking_client_in_a_coroutine").splitlines() == [
        "prices: [1250, 1250, 1250]",
        "peak in flight: 1",
    ]


def test_no_wait_at_which_another_could_go_on(load: Load) -> None:
    """The coroutine never suspends: one step runs it to its end."""
    module = load(f"{LESSON}/blocking_client_in_a_coroutine")
    with module.Desk(("127.0.0.1", 0), module.Price) as desk:
        threading.Thread(target=desk.serve_forever).start()
        call = module.ask("north", "1", f"http://127.0.0.1:{desk.server_port}")
        try:
            with pytest.raises(StopIteration) as end:
                call.send(None)
        finally:
            desk.shutdown()
    assert end.value.value == 1250


def test_threads_reach_the_peak(output: Output) -> None:
    """The desk answers nobody before three are in flight, and it ends."""
    expected = "peak in flight: 3\n"
    assert output(f"{LESSON}/blocking_client_in_threads") == expected


# A client that awaits


def test_three_pages_at_once(output: Output) -> None:
    """One session, one thread, three requests in flight."""
    assert output(f"{LESSON}/three_pages_at_once").splitlines() == [
        "prices: [1250, 1200, 1325]",
        "peak in flight: 3",
    ]


@asynccontextmanager
async def asking(
    module: ModuleType, desk: object, calls: int
) -> AsyncIterator[list[asyncio.Task]]:
    """So many tasks that call the module's ``ask`` at this desk."""
    app = web.Application()
    app.router.add_get("/price/{supplier}/{isbn}", desk.price)
    names = (list(module.EXTRA_CENTS) * calls)[:calls]
    async with (
        TestServer(app) as server,
        ClientSession(server.make_url("/")) as session,
    ):
        yield [
            asyncio.create_task(module.ask(name, module.NIGHT_TRAINS, session))
            for name in names
        ]


def test_try_this_waiting_for_four(load: Load) -> None:
    """Three in flight, the fourth never comes: only a time limit ends it."""
    module = load(f"{LESSON}/three_pages_at_once")
    desk = module.Desk(together=4)

    async def main() -> None:
        async with asking(module, desk, 3) as tasks:
            while desk.in_flight < 3:
                await asyncio.sleep(0)
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.3):
                    await asyncio.gather(*tasks)

    play(main())


def test_four_together_get_an_answer(load: Load) -> None:
    """With four requests the same desk answers."""
    module = load(f"{LESSON}/three_pages_at_once")

    async def main() -> None:
        async with asking(module, module.Desk(together=4), 4) as tasks:
            assert await asyncio.gather(*tasks) == [1250, 1200, 1325, 1250]

    play(main())


def test_the_body_may_come_later() -> None:
    """The block begins with status and headers, before the body has been sent."""
    gate = asyncio.Event()

    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"X-Desk": "north"})
        await response.prepare(request)
        await gate.wait()
        await response.write(b"1250")
        return response

    async def main() -> None:
        async with serving(handler) as session, session.get("/") as response:
            assert (response.status, response.headers["X-Desk"]) == (200, "north")
            gate.set()
            assert await response.text() == "1250"

    play(main())


def test_json_and_text_are_coroutines() -> None:
    """Both have to be awaited, and a coroutine has no keys."""
    for method in (aiohttp.ClientResponse.json, aiohttp.ClientResponse.text):
        assert inspect.iscoroutinefunction(method)
        call = method(None)
        with pytest.raises(TypeError):
            call["price_cents"]
        call.close()


def test_thread_or_task(output: Output) -> None:
    """The desk answers three at once or nobody, and both ways end."""
    assert output(f"{LESSON}/thread_or_task").splitlines() == [
        "threads: ['open', 'open', 'open']",
        "tasks: ['open', 'open', 'open']",
    ]


@pytest.mark.parametrize("way", ["in_threads", "in_tasks"])
def test_fewer_than_three_get_no_answer(load: Load, way: str) -> None:
    """So what the program prints needs three requests in flight."""
    module = load(f"{LESSON}/thread_or_task")
    came, desk = [], module.Desk()

    async def counted(request: web.Request) -> web.Response:
        came.append(request.path)
        return await desk.is_open(request)

    async def main() -> None:
        app = web.Application()
        app.router.add_get("/{supplier}", counted)
        async with TestServer(app) as server:
            urls = [str(server.make_url(f"/{n}")) for n in module.SUPPLIERS]
            two = asyncio.create_task(getattr(module, way)(urls[:2]))
            _, pending = await asyncio.wait([two], timeout=0.3)
            assert pending == {two}
            async with ClientSession() as session:
                assert await module.fetch(urls[2], session) == "open"
            assert await two == ["open", "open"]

    play(main())
    assert len(came) == 3


def test_to_thread_takes_from_a_limited_pool() -> None:
    """A hundred blocking calls have to wait in line."""

    async def main() -> int:
        await asyncio.to_thread(int)
        return asyncio.get_running_loop()._default_executor._max_workers

    assert play(main()) <= 32


def test_answers_in_any_order_are_the_same_timeline() -> None:
    """Nobody fixes which of three ready sockets is read first."""
    path = SNIPPETS / LESSON / "three_pages_at_once.timeline"
    text = path.read_text("utf-8")
    rows = text.splitlines(keepends=True)
    ends = [row for row in rows if re.search(r"\| ask .*\| goes on; ends$", row)]
    assert len(ends) == 3
    start = rows.index(ends[0])
    assert rows[start : start + 3] == ends
    for order in permutations(ends):
        other = "".join([*rows[:start], *order, *rows[start + 3 :]])
        assert comparable(other) == comparable(text)


def test_a_blocking_client_in_the_loop_of_its_server_stands_still() -> None:
    """It keeps the only thread, so the server never gets a turn."""

    async def main() -> None:
        async with serving(hello) as session:
            url = str(session._build_url("/"))
            with pytest.raises(TimeoutError), urlopen(url, timeout=0.05):
                pass

    play(main())


# One session for all requests


def test_connections(output: Output) -> None:
    """A session for each request opens a connection each; one session keeps one."""
    assert output(f"{LESSON}/session_for_each_request").splitlines() == [
        "a session each: 3 connections",
        "one session: 1 connection",
    ]


@pytest.mark.parametrize(("idle", "same"), [(10, True), (20, False)])
def test_an_idle_connection_is_kept_for_15_seconds(
    monkeypatch: pytest.MonkeyPatch, idle: int, same: bool
) -> None:
    """The connector's clock is moved by hand while the connection waits."""
    connections = []

    async def handler(request: web.Request) -> web.Response:
        connections.append(address(request))
        return web.Response()

    async def main() -> None:
        async with serving(handler) as session:
            for now in (0, idle):
                monkeypatch.setattr(aiohttp.connector, "monotonic", lambda t=now: t)
                await text_of(session)

    play(main())
    assert (connections[0] == connections[1]) is same


def test_a_session_shares_cookies_and_headers() -> None:
    """What one answer sets, the next request sends."""

    async def handler(request: web.Request) -> web.Response:
        sent = f"{request.headers['X-Shop']} {request.cookies.get('till', 'none')}"
        response = web.Response(text=sent)
        response.set_cookie("till", "2")
        return response

    async def main() -> list[str]:
        jar = aiohttp.CookieJar(unsafe=True)  # for a host that is a number
        settings = {"headers": {"X-Shop": "lantern"}, "cookie_jar": jar}
        async with serving(handler, **settings) as session:
            return [await text_of(session), await text_of(session)]

    assert play(main()) == ["lantern none", "lantern 2"]


# Read the answer


def test_what_an_answer_holds(output: Output) -> None:
    """Status, headers, JSON, text; parameters and headers of the request."""
    assert output(f"{LESSON}/what_an_answer_holds").splitlines() == [
        "200 OK",
        "application/json; charset=utf-8",
        "{'price_cents': 1250}",
        "/slow?ms=5",
        "lantern-books asks for 5 ms",
    ]


def test_a_bad_status_is_an_answer(output: Output) -> None:
    """500 returns normally; it raises when asked to."""
    assert output(f"{LESSON}/status_is_not_an_exception").splitlines() == [
        "500 False as you wish: 500",
        "raised: 500 Internal Server Error",
        "raised: 404 Not Found",
    ]


@pytest.mark.parametrize(("code", "ok"), [(200, True), (399, True), (400, False)])
def test_ok_is_below_400(code: int, ok: bool) -> None:
    """And raise_for_status raises exactly for the others."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=code)

    async def main() -> None:
        async with serving(handler) as session, session.get("/") as response:
            assert response.ok is ok
            if ok:
                response.raise_for_status()
            else:
                with pytest.raises(aiohttp.ClientResponseError):
                    response.raise_for_status()

    play(main())


def test_raise_for_status_for_the_whole_session() -> None:
    """In the session it holds for every request."""

    async def handler(request: web.Request) -> web.Response:
        raise web.HTTPNotFound

    async def main() -> None:
        async with serving(handler, raise_for_status=True) as session:
            with pytest.raises(aiohttp.ClientResponseError):
                await text_of(session)

    play(main())


def test_line_by_line(output: Output) -> None:
    """Each line is read before the next is sent, and the last is never sent."""
    assert output(f"{LESSON}/line_by_line").splitlines() == [
        "desk sends 9780000000019",
        "shop reads 9780000000019 1850",
        "desk sends 9780000000026",
        "shop reads 9780000000026 2200",
        "desk sends 9780000000040",
        "shop reads 9780000000040 999",
        "closed before the end",
    ]


def test_a_connection_with_an_unread_rest_is_closed() -> None:
    """The next request gets another connection; after a whole answer it does not."""
    connections = []

    async def handler(request: web.Request) -> web.StreamResponse:
        connections.append(address(request))
        if request.path == "/whole":
            return web.Response(text="1\n2\n")
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"1\n")
        await asyncio.Event().wait()
        return response

    async def main() -> None:
        async with serving(handler) as session:
            for path in ("/whole", "/endless", "/whole"):
                async with session.get(path) as response:
                    async for _ in response.content:
                        if path == "/endless":
                            break

    play(main())
    assert connections[0] == connections[1] != connections[2]


def test_pieces_of_another_kind() -> None:
    """iter_chunked gives pieces of at most that size."""

    async def main() -> list[int]:
        async with serving(hello) as session, session.get("/") as response:
            return [len(piece) async for piece in response.content.iter_chunked(2)]

    assert play(main()) == [2, 2, 1]


# Limits and errors


def test_slow_supplier(output: Output) -> None:
    """The default is 300 seconds; a shorter limit ends in TimeoutError."""
    lines = output(f"{LESSON}/slow_supplier").splitlines()
    assert lines[:2] == ["default limit: 300 seconds", "at last"]
    assert lines[-1] == "TimeoutError"


def test_the_limit_includes_the_body() -> None:
    """Headers came in time, the body does not."""

    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        if request.path == "/endless":
            await asyncio.Event().wait()
        return response

    async def main() -> None:
        async with serving(handler) as session:
            await text_of(session)  # the limit below is not spent on connecting
            limit = ClientTimeout(total=0.3)
            with pytest.raises(TimeoutError):
                async with session.get("/endless", timeout=limit) as response:
                    assert response.status == 200
                    await response.text()

    play(main())


def test_the_limit_includes_the_wait_for_a_connection() -> None:
    """A request that waits for the pool uses up its limit."""
    asked, gate = asyncio.Event(), asyncio.Event()

    async def handler(request: web.Request) -> web.Response:
        asked.set()
        await gate.wait()
        return web.Response(text="at last")

    async def main() -> None:
        async with serving(handler, connector=TCPConnector(limit=1)) as session:
            first = asyncio.create_task(text_of(session))
            await asked.wait()
            with pytest.raises(TimeoutError):
                await text_of(session, timeout=SHORT)
            gate.set()
            assert await first == "at last"

    play(main())


def test_a_session_may_have_a_limit_and_a_request_another() -> None:
    """The request's own limit counts."""

    async def handler(request: web.Request) -> web.Response:
        if request.path == "/slow":
            await asyncio.Event().wait()
        return web.Response(text="hello")

    async def main() -> None:
        limits = ClientTimeout(total=PATIENCE)
        async with serving(handler, timeout=limits) as session:
            assert await text_of(session) == "hello"
            with pytest.raises(TimeoutError):
                await text_of(session, "/slow", timeout=SHORT)

    play(main())


def test_a_timeout_without_a_number_is_none() -> None:
    """Naming another limit leaves no total; only saying nothing has five minutes."""

    async def main() -> list[float | None]:
        found = []
        for said in ({}, {"timeout": ClientTimeout(connect=5)}):
            async with ClientSession(**said) as session:
                found.append(session.timeout.total)
        return found

    assert play(main()) == [300, None]


def test_a_request_with_none_has_no_limit() -> None:
    """Its session's limit does not hold for it."""
    late = asyncio.Event()

    async def handler(request: web.Request) -> web.Response:
        await late.wait()
        return web.Response(text="at last")

    async def main() -> None:
        async with serving(handler, timeout=SHORT) as session:
            patient = asyncio.create_task(text_of(session, timeout=None))
            with pytest.raises(TimeoutError):
                await text_of(session)
            late.set()
            assert await patient == "at last"

    play(main())


def test_two_kinds_of_errors(output: Output) -> None:
    """A bad status and a closed port are ClientErrors; the limit is none."""
    assert output(f"{LESSON}/two_kinds_of_errors").splitlines() == [
        "at last",
        "ClientError, a ClientResponseError",
        "ClientError, a ClientConnectorError",
        "TimeoutError, a TimeoutError",
    ]
    assert not issubclass(TimeoutError, ClientError)


def test_a_connection_that_breaks_is_a_client_error() -> None:
    """The server hangs up in the middle of the body."""

    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"half")
        request.transport.close()
        return response

    async def main() -> None:
        async with serving(handler) as session:
            with pytest.raises(ClientError):
                await text_of(session)

    play(main())


def test_what_you_make_of_the_body_is_of_neither_family() -> None:
    """Broken JSON is a ValueError of json; a line may have half a megabyte."""

    async def handler(request: web.Request) -> web.Response:
        if request.path == "/broken":
            return web.json_response(text='{"price_cents": 12')
        return web.Response(body=b"1" * int(request.query["bytes"]) + b"\n")

    async def first_line(session: ClientSession, length: int) -> bytes:
        async with session.get("/line", params={"bytes": length}) as response:
            return await anext(aiter(response.content))

    async def main() -> None:
        async with serving(handler) as session:
            async with session.get("/broken") as response:
                assert response.status == 200
                with pytest.raises(json.JSONDecodeError) as broken:
                    await response.json()
            assert len(await first_line(session, 500_000)) == 500_001
            with pytest.raises(LineTooLong) as long:
                await first_line(session, 600_000)
        assert isinstance(broken.value, ValueError)
        for error in (broken.value, long.value):
            assert not isinstance(error, ClientError | TimeoutError)

    play(main())


def test_the_desk_goes_on(output: Output) -> None:
    """Cancelling the client does not stop the server's handler."""
    assert output(f"{LESSON}/the_desk_goes_on").splitlines() == [
        "desk: looks it up",
        "shop: cancelled True",
        "desk: has found it",
    ]


@pytest.mark.parametrize("way", ["a cancelled task", "a time limit"])
@pytest.mark.parametrize("stops", [True, False])
def test_the_handler_stops_only_if_the_server_says_so(stops: bool, way: str) -> None:
    """handler_cancellation=True: the handler is cancelled when the client leaves."""
    asked, ended, go_on = asyncio.Event(), asyncio.Event(), asyncio.Event()
    requests, ends = [], []

    async def handler(request: web.Request) -> web.Response:
        requests.append(request)
        asked.set()
        try:
            await go_on.wait()
            ends.append("went on")
        except asyncio.CancelledError:
            ends.append("cancelled")
            raise
        finally:
            ended.set()
        return web.Response()

    async def leave(session: ClientSession) -> None:
        if way == "a time limit":
            while not asked.is_set():  # a limit may be over before the request came
                with pytest.raises(TimeoutError):
                    await text_of(session, timeout=SHORT)
        else:
            task = asyncio.create_task(text_of(session))
            await asked.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    async def main() -> None:
        app = web.Application()
        app.router.add_get("/", handler)
        runner = web.AppRunner(app, handler_cancellation=stops)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port=0).start()
        host, port = runner.addresses[0]
        async with ClientSession(f"http://{host}:{port}/") as session:
            await leave(session)
            while requests[0].transport is not None:  # the server has not noticed
                await asyncio.sleep(0)
        if not stops:
            go_on.set()
        await ended.wait()
        await runner.cleanup()

    play(main())
    assert ends[0] == ("cancelled" if stops else "went on")


def test_the_test_server_stops_its_handlers() -> None:
    """TestServer has handler_cancellation switched on."""
    asked, cancelled = asyncio.Event(), asyncio.Event()

    async def handler(request: web.Request) -> web.Response:
        asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    async def main() -> None:
        async with serving(handler) as session:
            request = asyncio.create_task(text_of(session))
            await asked.wait()
            request.cancel()
            await asyncio.wait([request])
            await cancelled.wait()

    play(main())


# One error among many, retries, limits


def test_one_among_many(output: Output) -> None:
    """The group cancels the others; gather keeps them."""
    assert output(f"{LESSON}/one_among_many").splitlines() == [
        "group: [503]",
        "cancelled: [True, False, True]",
        "gather: 1250",
        "gather: 503",
        "gather: 1250",
    ]


def test_retries(output: Output) -> None:
    """Two failures, then success; 404 is raised at its first answer."""
    assert output(f"{LESSON}/retry_the_flaky_one").splitlines() == [
        "/flaky?fail=2: 503, wait 0.01 s",
        "/flaky?fail=2: 503, wait 0.02 s",
        "/flaky?fail=2: call 3 is served",
        "/flakey?fail=2: 404",
    ]


@pytest.mark.parametrize("failures", [3, 4])
def test_the_last_error_comes_out(
    load: Load, monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    """Each pause is twice the one before; after four tries the error is raised."""
    module = load(f"{LESSON}/retry_the_flaky_one")
    desk, pauses, sleep = module.Desk(), [], asyncio.sleep

    async def note(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(0)

    async def main() -> str:
        async with serving(desk.flaky) as session:
            return await module.fetch(f"/flaky?fail={failures}", session)

    monkeypatch.setattr(module.asyncio, "sleep", note)
    if failures == 3:
        assert play(main()) == "call 4 is served"
    else:
        with pytest.raises(aiohttp.ClientResponseError):
            play(main())
    assert desk.calls == 4
    noted = [pause for pause in pauses if pause]
    assert noted == list(module.PAUSES)
    assert [b / a for a, b in pairwise(noted)] == [2, 2]


def test_at_most_five(output: Output) -> None:
    """Twenty without a limit, five with a semaphore or a connector."""
    assert output(f"{LESSON}/at_most_five").splitlines() == [
        "no limit: 20",
        "semaphore: 5",
        "connector: 5",
    ]


@pytest.mark.parametrize(
    "settings", [{"places": 5, "limit": 0}, {"places": 20, "limit": 5}]
)
def test_a_sixth_never_comes(
    load: Load, monkeypatch: pytest.MonkeyPatch, settings: dict[str, int]
) -> None:
    """A desk that waits for six stands still, so five was no accident."""
    module = load(f"{LESSON}/at_most_five")
    desks = []

    class Desk(module.Desk):
        def __init__(self, together: int) -> None:
            super().__init__(together)
            desks.append(self)

    async def main() -> None:
        call = asyncio.create_task(module.peak_of(6, **settings))
        while not desks or desks[0].in_flight < 5:
            await asyncio.sleep(0)
        _, pending = await asyncio.wait([call], timeout=0.3)
        assert pending == {call}
        call.cancel()
        await asyncio.wait([call])

    monkeypatch.setattr(module, "Desk", Desk)
    play(main())
    assert desks[0].peak == 5


def test_the_connectors_defaults() -> None:
    """100 connections in all, and no limit for one host."""

    async def main() -> tuple[int, int]:
        async with TCPConnector() as connector:
            return connector.limit, connector.limit_per_host

    assert play(main()) == (100, 0)


def test_idle_connections_do_not_count() -> None:
    """With a limit of one, three hosts have an open connection each."""

    async def main() -> list[int]:
        app = web.Application()
        app.router.add_get("/", hello)
        async with (
            TestServer(app) as north,
            TestServer(app) as south,
            TestServer(app) as east,
            ClientSession(connector=TCPConnector(limit=1)) as session,
        ):
            desks = (north, south, east)
            for desk in desks:
                await text_of(session, str(desk.make_url("/")))
            return [len(desk.handler.connections) for desk in desks]

    assert play(main()) == [1, 1, 1]


def test_a_limit_for_each_host() -> None:
    """limit_per_host keeps the peak at that host."""
    peak = in_flight = 0

    async def handler(request: web.Request) -> web.Response:
        nonlocal peak, in_flight
        in_flight += 1
        peak = max(peak, in_flight)
        for _ in range(20):
            await asyncio.sleep(0)
        in_flight -= 1
        return web.Response()

    async def main() -> None:
        pool = TCPConnector(limit_per_host=1)
        async with serving(handler, connector=pool) as session:
            await asyncio.gather(*(text_of(session) for _ in range(4)))

    play(main())
    assert peak == 1


# Pitfalls and under the hood


def test_a_session_outside_the_loop(output: Output) -> None:
    """It needs a running loop."""
    lines = output(f"{LESSON}/session_outside_the_loop").splitlines()
    assert lines[-1] == "RuntimeError: no running event loop"


def test_a_session_of_another_loop() -> None:
    """Made in one asyncio.run, it is of no use in the next."""

    async def make() -> ClientSession:
        return ClientSession()

    async def use(session: ClientSession) -> None:
        async with serving(hello) as other:
            url = str(other._build_url("/"))
            assert await text_of(other, url) == "hello"
            with pytest.raises(RuntimeError, match="loop is closed"):
                await text_of(session, url)
        await session.close()

    play(use(play(make())))


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_session_nobody_closes_is_reported() -> None:
    """The loop says so when the object is thrown away."""
    said = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: said.append(context["message"]))
        async with serving(hello) as session:
            url = session._build_url("/")
            forgotten = ClientSession()
            assert await text_of(forgotten, url) == "hello"
            del forgotten
            gc.collect()
            await asyncio.sleep(0)

    play(main())
    assert "Unclosed client session" in said


@pytest.mark.parametrize(("method", "answered"), [("GET", True), ("POST", False)])
def test_aiohttp_repeats_what_may_happen_twice(method: str, answered: bool) -> None:
    """A kept connection turns out to be closed: GET is repeated once, POST is not."""
    served = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the first request of a connection, and hang up at the second."""
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                if served and served[-1] is writer:
                    break
                served.append(writer)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        async with server, ClientSession(f"http://{host}:{port}") as session:
            assert await text_of(session) == ""
            if answered:
                async with session.request(method, "/") as response:
                    assert response.status == 200
            else:
                with pytest.raises(aiohttp.ServerDisconnectedError):
                    await session.request(method, "/")

    play(main())
    assert len(served) == (2 if answered else 1)


HALF_THE_HEADERS = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"


@pytest.mark.parametrize(("method", "times"), [("GET", 2), ("PUT", 2), ("POST", 1)])
@pytest.mark.parametrize("said", [b"", HALF_THE_HEADERS])
def test_it_repeats_once_on_a_new_connection_too(
    method: str, times: int, said: bytes
) -> None:
    """The server hangs up before the headers are complete, each time."""
    came = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(said)
        writer.close()

    async def main() -> None:
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        async with server, ClientSession(f"http://{host}:{port}") as session:
            with pytest.raises(aiohttp.ServerDisconnectedError):
                await session.request(method, "/")

    play(main())
    assert len(came) == times


def test_it_does_not_repeat_after_the_headers() -> None:
    """The answer has begun, so the broken body is an error at once."""
    came = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(HALF_THE_HEADERS + b"\r\n125")
        writer.close()

    async def main() -> None:
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        async with server, ClientSession(f"http://{host}:{port}") as session:
            with pytest.raises(aiohttp.ClientPayloadError):
                await text_of(session)

    play(main())
    assert len(came) == 1


class Counted:
    """Awaits something, and counts how often the task sleeps for it."""

    def __init__(self, call: Awaitable[aiohttp.ClientResponse]) -> None:
        self.call, self.sleeps = call, 0

    def __await__(self) -> Iterator[object]:
        steps = self.call.__await__()
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                return end.value
            self.sleeps += 1
            yield step


def test_a_request_sleeps_where_it_has_to_wait() -> None:
    """On a kept connection once, for the answer; on a new one for that as well."""

    async def main() -> list[int]:
        sleeps = []
        async with serving(hello) as session:
            for _ in range(2):
                call = Counted(session.get("/"))
                response = await call
                await response.text()
                sleeps.append(call.sleeps)
        return sleeps

    first, second = play(main())
    assert first > second == 1


@pytest.mark.skipif(
    importlib.util.find_spec("aiodns") is not None, reason="aiodns is installed"
)
def test_names_are_looked_up_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without aiodns the look-up runs beside the loop, in its default pool."""
    threads = []
    look_up = socket.getaddrinfo

    def noted(*arguments: object, **keywords: object) -> list:
        threads.append(threading.current_thread())
        return look_up(*arguments, **keywords)

    async def main() -> None:
        async with serving(hello) as session:
            url = session._build_url("/").with_host("localhost")
            assert await text_of(session, url) == "hello"

    monkeypatch.setattr(socket, "getaddrinfo", noted)
    play(main())
    assert threads
    assert threading.main_thread() not in threads


def test_the_desk_counts_down_before_it_answers(load: Load) -> None:
    """So the next request cannot meet the one before."""
    source = inspect.getsource(load(f"{LESSON}/three_pages_at_once").Desk.price)
    assert source.index("in_flight -= 1") < source.index("return web")


# Exercise

WRONG = {
    "any 5xx again": ("status == BUSY", "status >= 500", "another_error_is_not_asked"),
    "its own limit": ("Semaphore(limit)", "Semaphore(3)", "as_many_as_allowed"),
    "batches": (
        "        answers = await asyncio.gather(*map(ask_in_turn, isbns))\n",
        "        answers = []\n"
        "        for n in range(0, len(isbns), limit):\n"
        "            batch = map(ask_in_turn, isbns[n : n + limit])\n"
        "            answers += await asyncio.gather(*batch)\n",
        "the_next_begins_when_one_is_done_with",
    ),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_the_exercise_refuses(tmp_path: Path, mistake: str) -> None:
    """One test, and no other, finds this mistake in the solution."""
    old, new, found_by = WRONG[mistake]
    folder = SNIPPETS / LESSON / "exercise"
    solution = (folder / "solution.py").read_text("utf-8")
    assert solution.count(old) == 1
    (tmp_path / "exercise.py").write_text(solution.replace(old, new), "utf-8")
    tests = (folder / "test_exercise.py").read_text("utf-8")
    (tmp_path / "test_exercise.py").write_text(tests, "utf-8")
    end = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
        check=False,
    )
    failed = set(re.findall(r"^FAILED \S+::test_(\w+)", end.stdout, re.MULTILINE))
    assert len(failed) == 1
    assert failed.pop().startswith(found_by)
