import asyncio
from collections import Counter
from collections.abc import Callable

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from exercise import sweep

BOOKS = {
    "9780000000019": 1850,
    "9780000000026": 2200,
    "9780000000033": 1500,
    "9780000000040": 999,
    "9780000000057": 2750,
    "9780000000064": 1250,
}
TIDE, SALT, BREAD, STORIES, CLOUDS, TRAINS = BOOKS
PATIENCE = 1.0  # seconds in which a request comes, if it ever does
LIMIT = 3


class Desk:
    """Answers by a script; counts the calls and their peak."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        self.script: dict[str, list[int]] = {}
        self.calls: Counter[str] = Counter()
        self.in_flight = self.peak = 0
        self.holds = self.holds_all_but_one = self.gave_up = False
        self.came = asyncio.Condition()

    async def price(self, request: web.Request) -> web.Response:
        isbn = request.match_info["isbn"]
        self.calls[isbn] += 1
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        statuses = self.script.get(isbn, [])
        status = statuses.pop(0) if statuses else 200
        if self.holds and status == 200:
            await self.hold(lambda: self.peak > self.limit)
        if self.holds_all_but_one:
            enough = self.limit + (self.calls.total() > 1)
            await self.hold(lambda: self.calls.total() >= enough)
        self.in_flight -= 1
        if status >= 400:
            return web.Response(status=status, text="no price")
        return web.json_response({"price_cents": BOOKS[isbn]})

    async def hold(self, enough: Callable[[], bool]) -> None:
        """Hold a price back until enough came, or no more come."""
        async with self.came:
            self.came.notify_all()
            try:
                async with asyncio.timeout(PATIENCE):
                    await self.came.wait_for(enough)
            except TimeoutError:
                self.holds = self.holds_all_but_one = False
                self.gave_up = True


def run_sweep(desk: Desk):
    async def main():
        app = web.Application()
        app.router.add_get("/price/north/{isbn}", desk.price)
        async with TestServer(app) as server:
            base_url = str(server.make_url("")).rstrip("/")
            return await sweep(base_url, tuple(BOOKS), desk.limit)

    try:
        return asyncio.run(main())
    except Exception as error:
        end = type(error).__name__
    pytest.fail(f"sweep() ended in {end}")


def without(*gone: str) -> dict[str, int]:
    return {isbn: c for isbn, c in BOOKS.items() if isbn not in gone}


def test_all_prices_come_back_in_order():
    prices, errors = run_sweep(Desk())
    assert list(prices.items()) == list(BOOKS.items())
    assert errors == {}


def test_all_requests_go_through_one_session(monkeypatch):
    sessions = []
    make = ClientSession.__init__

    def note(session, *arguments, **settings):
        sessions.append(session)
        make(session, *arguments, **settings)

    monkeypatch.setattr(ClientSession, "__init__", note)
    run_sweep(Desk())
    if len(sessions) != 1:
        pytest.fail(f"{len(sessions)} sessions were made")


@pytest.mark.parametrize("limit", [2, 4])
def test_as_many_as_allowed_are_in_flight(limit):
    desk = Desk(limit)
    desk.holds = True
    run_sweep(desk)
    if desk.peak > limit:
        pytest.fail(f"more than {limit} requests were in flight")
    if desk.peak < limit:
        pytest.fail(f"{limit} requests were never in flight together")


def test_the_next_begins_when_one_is_done_with():
    desk = Desk()
    desk.holds_all_but_one = True
    run_sweep(desk)
    if desk.gave_up:
        pytest.fail("one was answered, and no other request came")


def test_a_second_try_counts_as_one_in_flight():
    desk = Desk()
    desk.script = {TIDE: [503], SALT: [503], BREAD: [503]}
    desk.holds = True
    run_sweep(desk)
    if desk.peak > LIMIT:
        pytest.fail(f"with second tries, more than {LIMIT} in flight")


def test_a_503_is_asked_once_more():
    desk = Desk()
    desk.script = {SALT: [503], CLOUDS: [503]}
    prices, errors = run_sweep(desk)
    assert (list(prices), errors) == (list(BOOKS), {})
    assert desk.calls[SALT] == desk.calls[CLOUDS] == 2


def test_a_second_503_is_an_error():
    desk = Desk()
    desk.script = {SALT: [503, 503, 503]}
    prices, errors = run_sweep(desk)
    assert errors == {SALT: 503}
    assert prices == without(SALT)
    assert desk.calls[SALT] == 2


def test_another_error_is_not_asked_again():
    desk = Desk()
    desk.script = {BREAD: [404, 404], CLOUDS: [500, 500]}
    run_sweep(desk)
    assert desk.calls[BREAD] == desk.calls[CLOUDS] == 1


def test_errors_come_beside_the_prices():
    desk = Desk()
    desk.script = {
        BREAD: [404] * 2,
        TRAINS: [410] * 2,
        TIDE: [503, 500],
    }
    prices, errors = run_sweep(desk)
    assert list(errors.items()) == [
        (TIDE, 500),
        (BREAD, 404),
        (TRAINS, 410),
    ]
    assert prices == without(TIDE, BREAD, TRAINS)
