from aiohttp import ClientSession


async def ask(
    supplier: str, isbn: str, session: ClientSession
) -> int | None:
    """The supplier's price; None if it does not have the book."""
    async with session.get(f"/price/{supplier}/{isbn}") as response:
        if response.status == 404:
            return None
        response.raise_for_status()
        return (await response.json())["price_cents"]
