import asyncio
from collections.abc import Iterator
from threading import Event, Thread

import pytest
from aiohttp import ClientSession

tasks: list[asyncio.Task] = []
threads: list[Thread] = []
closing = Event()


@pytest.fixture(scope="module", autouse=True)
def end_of_the_day() -> Iterator[None]:
    yield
    closing.set()
    for thread in threads:
        thread.join()


async def test_task() -> None:
    watch = asyncio.create_task(asyncio.Event().wait(), name="watch")
    tasks.append(watch)


def test_thread() -> None:
    threads.append(Thread(target=closing.wait, name="printer"))
    threads[0].start()


async def test_session() -> None:
    ClientSession()


async def test_clean() -> None:
    async with ClientSession() as session:
        assert not session.closed
