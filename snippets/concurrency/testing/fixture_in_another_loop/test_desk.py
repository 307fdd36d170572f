import asyncio

import pytest
import pytest_asyncio


class Desk:
    """Like each open connection, it belongs to the loop it began in."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()

    async def ask(self, supplier: str, isbn: str) -> int:
        if asyncio.get_running_loop() is not self.loop:
            raise RuntimeError("the desk belongs to another loop")
        return 1200


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk() -> Desk:
    return Desk()


@pytest.mark.asyncio
async def test_in_a_loop_of_its_own(desk: Desk) -> None:
    assert await desk.ask("south", "9780000000064") == 1200


@pytest.mark.asyncio(loop_scope="module")
async def test_in_the_loop_of_the_module(desk: Desk) -> None:
    assert await desk.ask("south", "9780000000064") == 1200
