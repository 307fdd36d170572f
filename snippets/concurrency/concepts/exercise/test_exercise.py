import asyncio
from collections.abc import Awaitable, Callable

from exercise import PROGRAMS, price_card

NIGHT_TRAINS = "9780000000064"
PRICES = {"north": 1250, "south": 1200, "east": 1325}
LATER = {"north": 3, "south": 1, "east": 2}  # turns until it answers
COPIES = 1
FOUR = sorted([*PRICES, "copies"])
TURNS = 20  # of the event loop: enough to begin whatever can begin

WAITS = {"three_reports", "order_then_pay"}
WAITS |= {"three_suppliers", "follow_pages"}
INDEPENDENT = {"three_reports", "primes_in_ranges"}
INDEPENDENT |= {"three_suppliers", "check_digits"}


class Desk:
    """Notes who is asked; answers as soon as the gates are open."""

    def __init__(self) -> None:
        self.search_gate = asyncio.Event()
        self.gate = asyncio.Event()
        self.begun: list[str] = []
        self.isbns: set[str] = set()

    async def find_isbn(self, title: str) -> str:
        self.begun.append(f"search {title}")
        await self.search_gate.wait()
        return NIGHT_TRAINS

    async def ask(self, supplier: str, isbn: str) -> int:
        self.begun.append(supplier)
        self.isbns.add(isbn)
        await self.gate.wait()
        for _ in range(LATER[supplier]):
            await asyncio.sleep(0)
        return PRICES[supplier]

    async def copies_left(self, isbn: str) -> int:
        self.begun.append("copies")
        self.isbns.add(isbn)
        await self.gate.wait()
        return COPIES


def play(
    scene: Callable[[Desk, asyncio.Task], Awaitable[None]],
) -> None:
    """Begin a card, and let the scene watch it for some turns."""

    async def begin() -> None:
        desk = Desk()
        questions = desk.find_isbn, desk.ask, desk.copies_left
        card = asyncio.create_task(
            price_card("Night Trains", *questions)
        )
        await scene(desk, card)

    asyncio.run(begin())


async def some_turns() -> None:
    for _ in range(TURNS):
        await asyncio.sleep(0)


def look_again(right: dict[str, object], given: dict[str, object]):
    return sorted(n for n in right if given.get(n) != right[n])


def test_waits_or_computes():
    right = {n: "waits" if n in WAITS else "computes" for n in PROGRAMS}
    given = {n: program.kind for n, program in PROGRAMS.items()}
    assert len(given) == 8
    wrong = look_again(right, given)
    assert not wrong, f"look again: {' '.join(wrong)}"


def test_which_parts_are_independent():
    right = {name: name in INDEPENDENT for name in PROGRAMS}
    given = {n: program.independent for n, program in PROGRAMS.items()}
    wrong = look_again(right, given)
    assert not wrong, f"look again: {' '.join(wrong)}"


def test_the_card_has_prices_in_order_and_copies():
    async def scene(desk: Desk, card: asyncio.Task) -> None:
        desk.search_gate.set()
        desk.gate.set()
        assert await card == (list(PRICES.values()), COPIES)
        assert sorted(desk.begun[1:]) == FOUR, "each is asked once"

    play(scene)


def test_the_search_comes_first():
    async def scene(desk: Desk, card: asyncio.Task) -> None:
        await some_turns()
        begun = list(desk.begun)
        desk.search_gate.set()
        desk.gate.set()
        await card
        assert begun == ["search Night Trains"], "begun too early"
        assert desk.isbns == {NIGHT_TRAINS}, "asked for another ISBN"

    play(scene)


def test_the_four_questions_overlap():
    async def scene(desk: Desk, card: asyncio.Task) -> None:
        desk.search_gate.set()
        await some_turns()
        begun = sorted(set(desk.begun) & set(FOUR))
        desk.gate.set()
        await card
        assert begun == FOUR, f"asked before any answer: {begun}"

    play(scene)
