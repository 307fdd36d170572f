import asyncio
import threading
from collections.abc import AsyncIterator, Iterator

import pytest


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = set(threading.enumerate()) - before
    names = [thread.name for thread in left]
    assert names == [], f"threads left: {names}"


@pytest.fixture(autouse=True)
async def no_task_is_left(
    no_thread_is_left: None,
) -> AsyncIterator[None]:
    yield
    left = asyncio.all_tasks() - {asyncio.current_task()}
    names = [task.get_name() for task in left]
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    assert names == [], f"tasks left: {names}"
