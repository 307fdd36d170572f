import asyncio
import unittest

PRICES = {"north": 1250, "south": 1200, "east": 1325}
NIGHT_TRAINS = "9780000000064"


class Desk:
    def __init__(self) -> None:
        self.is_open = False

    async def ask(self, supplier: str, isbn: str) -> int:
        await asyncio.sleep(0)
        if not self.is_open:
            raise ConnectionError("the desk is closed")
        return PRICES[supplier]

    async def close(self) -> None:
        self.is_open = False


class DeskTest(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self) -> None:
        self.desk = Desk()
        self.desk.is_open = True
        self.addAsyncCleanup(self.desk.close)

    async def test_south_is_the_cheapest(self) -> None:
        price = await self.desk.ask("south", NIGHT_TRAINS)
        self.assertEqual(price, 1200)

    async def test_a_closed_desk_refuses(self) -> None:
        await self.desk.close()
        with self.assertRaisesRegex(ConnectionError, "closed"):
            await self.desk.ask("south", NIGHT_TRAINS)


if __name__ == "__main__":
    unittest.main(verbosity=2)
