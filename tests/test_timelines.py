"""Tracing: what tasks and threads do is noted as it is, and changes nothing."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from textwrap import dedent

import pytest

from proving.examples import Example
from proving.judging import Run
from proving.recording import compare
from proving.running import CAN_FORK, Runner
from proving.timelines import comparable, phrases, violations

WAYS = ["fork", "fresh"] if CAN_FORK else ["fresh"]
TIMES = 20
Trace = Callable[[str], Run]


@pytest.fixture(scope="module", params=WAYS)
def runner(request: pytest.FixtureRequest) -> Iterator[Runner]:
    """A runner of each kind."""
    made = Runner(fresh=request.param == "fresh", warm_after=0)
    yield made
    made.close()


@pytest.fixture
def trace(runner: Runner, tmp_path: Path) -> Trace:
    """Run a program, plain and traced."""

    def run(source: str, **special: object) -> Run:
        path = tmp_path / "till.py"
        path.write_text(dedent(source).lstrip(), "utf-8")
        return runner.run(
            Example(
                "till",
                {"till.py": path},
                "python till.py",
                tmp_path / "till.out",
                timeline=True,
                **special,
            )
        )

    return run


def timeline(run: Run) -> str:
    """The recording of a sound run."""
    assert not run.problems
    return run.evidence[".timeline"]


TASKS = {
    "gather": (
        """
        import asyncio

        async def ask(supplier):
            await asyncio.sleep(0.01)

        async def main():
            await ask("north")
            await asyncio.gather(ask("south"), ask("east"))

        asyncio.run(main())
        """,
        """
        time | task | what happens
        0 s | main | begins; in ask north: sleeps 0.01 s (line 4)
        0.01 s | main | goes on; creates ask south, ask east (line 8); \
waits for ask south, ask east (line 8)
        0.01 s | ask south | begins; sleeps 0.01 s (line 4)
        0.01 s | ask east | begins; sleeps 0.01 s (line 4)
        0.02 s | ask south | goes on; ends
        0.02 s | ask east | goes on; ends
        0.02 s | main | goes on; ends
        """,
    ),
    "a machine that is late after every sleep": (
        """
        import asyncio
        import threading

        async def ask(supplier, waits):
            for seconds in waits:
                await asyncio.sleep(seconds)
                threading.Event().wait(0.03)

        async def main():
            await asyncio.gather(ask("north", [0.01, 0.03]), ask("south", [0.02, 0.01]))

        asyncio.run(main())
        """,
        """
        time | task | what happens
        0 s | main | begins; creates ask north, ask south (line 10); \
waits for ask north, ask south (line 10)
        0 s | ask north | begins; sleeps 0.01 s (line 6)
        0 s | ask south | begins; sleeps 0.02 s (line 6)
        0.01 s | ask north | goes on; sleeps 0.03 s (line 6)
        0.02 s | ask south | goes on; sleeps 0.01 s (line 6)
        0.03 s | ask south | goes on; ends
        0.04 s | ask north | goes on; ends
        0.04 s | main | goes on; ends
        """,
    ),
    "a task group that cancels": (
        """
        import asyncio

        async def ask(supplier):
            if supplier == "south":
                raise LookupError
            await asyncio.sleep(60)

        async def main():
            try:
                async with asyncio.TaskGroup() as group:
                    for name in ("north", "south", "east"):
                        group.create_task(ask(name), name=name)
            except* LookupError:
                pass

        asyncio.run(main())
        """,
        """
        time | task | what happens
        0 s | main | begins; creates north, south, east (line 12); \
waits for its task group (line 10)
        0 s | north | begins; sleeps 60 s (line 6)
        0 s | south | begins; fails with LookupError
        0 s | east | begins; sleeps 60 s (line 6)
        0 s | main | is asked to stop by its task group
        0 s | north | is asked to stop by its task group
        0 s | east | is asked to stop by its task group
        0 s | north | goes on; is cancelled
        0 s | east | goes on; is cancelled
        0 s | main | goes on; waits for its task group (line 10)
        0 s | main | goes on; ends
        """,
    ),
    "a lock and an event": (
        """
        import asyncio

        async def sell(cash, opened):
            await opened.wait()
            async with cash:
                await asyncio.sleep(0)

        async def main():
            cash, opened = asyncio.Lock(), asyncio.Event()
            tasks = [asyncio.create_task(sell(cash, opened)) for _ in "12"]
            await asyncio.sleep(0)
            opened.set()
            await asyncio.wait(tasks)

        asyncio.run(main())
        """,
        """
        time | task | what happens
        0 s | main | begins; creates sell 1, sell 2 (line 10); lets others run (line 11)
        0 s | sell 1 | begins; waits for event opened (line 4)
        0 s | sell 2 | begins; waits for event opened (line 4)
        0 s | main | goes on; waits for sell 1, sell 2 (line 13)
        0 s | sell 1 | goes on; lets others run (line 6)
        0 s | sell 2 | goes on; waits for lock cash (line 5)
        0 s | sell 1 | goes on; ends
        0 s | sell 2 | goes on; lets others run (line 6)
        0 s | sell 2 | goes on; ends
        0 s | main | goes on; ends
        """,
    ),
    "a queue, and a worker that is cancelled": (
        """
        import asyncio

        async def work(books):
            while True:
                await books.get()
                await asyncio.sleep(0.01)
                books.task_done()

        async def main():
            books = asyncio.Queue(maxsize=1)
            worker = asyncio.create_task(work(books), name="worker")
            for book in range(2):
                await books.put(book)
            await books.join()
            worker.cancel()
            await asyncio.wait([worker])

        asyncio.run(main())
        """,
        """
        time | task | what happens
        0 s | main | begins; creates worker (line 11); \
waits for a place in queue books (line 13)
        0 s | worker | begins; sleeps 0.01 s (line 6)
        0 s | main | goes on; waits for the end of queue books (line 14)
        0.01 s | worker | goes on; sleeps 0.01 s (line 6)
        0.02 s | worker | goes on; waits for an item in queue books (line 5)
        0.02 s | main | goes on; cancels worker; waits for worker (line 16)
        0.02 s | worker | goes on; is cancelled
        0.02 s | main | goes on; ends
        """,
    ),
    "a time limit, and a task that never begins": (
        """
        import asyncio

        async def ask():
            await asyncio.sleep(60)

        async def main():
            try:
                async with asyncio.timeout(0.01):
                    await ask()
            except TimeoutError:
                pass
            task = asyncio.create_task(ask())
            task.cancel()
            await asyncio.wait([task])

        asyncio.run(main())
        """,
        """
        time | task | what happens
        0 s | main | begins; sets a time limit of 0.01 s (line 8); \
in ask: sleeps 60 s (line 4)
        0.01 s | main | is asked to stop by its time limit
        0.01 s | main | goes on; creates ask (line 12); cancels ask; \
waits for ask (line 14)
        0.01 s | ask | never begins
        0.01 s | main | goes on; ends
        """,
    ),
    "a library's own tasks and steps": (
        """
        import asyncio
        from aiohttp import ClientSession, web
        from aiohttp.test_utils import TestServer

        async def serve(request):
            return web.Response()

        async def ask(supplier, session):
            for _ in range(2):
                async with session.get("/"):
                    pass

        async def main():
            app = web.Application()
            app.router.add_get("/", serve)
            async with TestServer(app) as desk:
                async with ClientSession(desk.make_url("/")) as session:
                    task = asyncio.create_task(ask("north", session))
                    await task

        asyncio.run(main())
        """,
        """
        time | task | what happens
        0 s | main | begins; waits for aiohttp (line 16)
        0 s | main | goes on; creates ask north (line 18); \
waits for ask north (line 19)
        0 s | ask north | begins; waits for aiohttp (line 10)
        0 s | ask north | goes on; waits for aiohttp (line 10)
        0 s | ask north | goes on; ends
        0 s | main | goes on; waits for aiohttp (line 17)
        0 s | main | goes on; waits for aiohttp (line 16)
        0 s | main | goes on; ends
        """,
    ),
    "a call that blocks, and one in another thread": (
        """
        import asyncio, time

        async def ask():
            time.sleep(0.01)

        def ask_in_thread():
            time.sleep(0.01)

        async def main():
            calls = [asyncio.create_task(ask()) for _ in range(2)]
            await calls[0]
            await calls[1]
            await asyncio.to_thread(ask_in_thread)

        asyncio.run(main())
        """,
        """
        time | task | what happens
        0 s | main | begins; creates ask 1, ask 2 (line 10); waits for ask 1 (line 11)
        0 s | ask 1 | begins; blocks the loop for 0.01 s (line 4)
        0.01 s | ask 1 | goes on; ends
        0.01 s | ask 2 | begins; blocks the loop for 0.01 s (line 4)
        0.02 s | ask 2 | goes on; ends
        0.02 s | main | goes on; waits for a thread (line 13)
        0.02 s | main | goes on; ends
        """,
    ),
}


@pytest.mark.parametrize("name", TASKS)
def test_tasks(name: str, trace: Trace) -> None:
    """The timeline of tasks is this text, on every Python."""
    source, text = TASKS[name]
    assert timeline(trace(source)) == dedent(text).lstrip()


def test_tasks_in_every_run(trace: Trace) -> None:
    """The order of a group's cancellations too is the same in every run."""
    source, text = TASKS["a task group that cancels"]
    runs = {timeline(trace(source)) for _ in range(TIMES)}
    assert runs == {dedent(text).lstrip()}


def test_tracing_changes_nothing(trace: Trace) -> None:
    """Names, coroutines, tracebacks and messages are those of a plain run."""
    source = """
        import asyncio, traceback

        async def ask():
            task = asyncio.current_task()
            print(task.get_name(), task.get_coro().__qualname__)
            raise LookupError("no price")

        async def main():
            task = asyncio.create_task(ask())
            try:
                await task
            except LookupError:
                traceback.print_exc()
            print(task.exception(), task.cancelling())
            asyncio.get_running_loop().set_exception_handler(
                lambda loop, context: print(context["message"])
            )
            asyncio.create_task(ask(), name="unseen")
            await asyncio.sleep(0)

        asyncio.run(main())
    """
    run = trace(source, stderr=True)
    assert not run.problems
    lines = run.output.splitlines()
    assert "Task-2 ask" in lines
    assert "Task exception was never retrieved" in lines
    assert [line for line in lines if line.startswith("  File")] == [
        '  File "till.py", line 11, in main',
        '  File "till.py", line 6, in ask',
    ]


def test_output_that_depends_on_being_traced(trace: Trace) -> None:
    """A program that prints something else while it is traced is red."""
    source = """
        import threading
        print(threading.Thread.join.__name__, threading.Lock.__qualname__)
        thread = threading.Thread(target=int)
        thread.start()
        thread.join()
    """
    problem = "till.py:1: prints something else while it is traced"
    assert problem in trace(source).problems[0]


def test_nothing_to_trace(trace: Trace) -> None:
    """A program without tasks and threads has no timeline."""
    problem = "till.py:1: has neither two tasks nor two threads"
    assert problem in trace("print(12)").problems[0]


THREADS = {
    "lock": """
        import threading, time
        cash = threading.Lock()
        def sell():
            with cash:
                time.sleep(0.001)
        tills = [threading.Thread(target=sell) for _ in range(4)]
        for till in tills:
            till.start()
        for till in tills:
            till.join()
    """,
    "event and barrier": """
        import threading
        opened, meet = threading.Event(), threading.Barrier(3)
        def sell():
            opened.wait()
            meet.wait()
        tills = [threading.Thread(target=sell) for _ in range(3)]
        for till in tills:
            till.start()
        opened.set()
        for till in tills:
            till.join()
    """,
    "queue and semaphore": """
        import queue, threading, time
        books, places = queue.Queue(), threading.Semaphore(2)
        def read():
            book = books.get()
            with places:
                time.sleep(0.001)
            books.task_done()
        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        for book in range(3):
            books.put(book)
        books.join()
        for reader in readers:
            reader.join()
    """,
    "condition": """
        import threading
        change, prices = threading.Condition(), []
        def read():
            with change:
                change.wait_for(lambda: prices)
        reader = threading.Thread(target=read)
        reader.start()
        with change:
            prices.append(12)
            change.notify_all()
        reader.join()
    """,
    "a lock that is not to be had": """
        import threading
        cash = threading.RLock()
        def sell():
            assert not cash.acquire(timeout=0.001)
        with cash, cash:
            till = threading.Thread(target=sell)
            till.start()
            till.join()
    """,
}


@pytest.mark.parametrize("name", THREADS)
def test_threads(name: str, trace: Trace) -> None:
    """Runs differ in their order, and in nothing that is compared."""
    texts = [timeline(trace(THREADS[name])) for _ in range(TIMES // 4)]
    assert not [problem for text in texts for problem in violations(text)]
    assert len({tuple(comparable(text)) for text in texts}) == 1


FULL = """
    import queue, threading
    books = queue.Queue(maxsize=1)
    def write():
        for book in range(3):
            books.put(book)
    books.put(-1)
    writer = threading.Thread(target=write)
    writer.start()
    for book in range(4):
        assert books.get() == book - 1
    writer.join()
    books.put(3)
    try:
        books.put(4, timeout=0.001)
    except queue.Full:
        pass
    try:
        books.put(4, block=False)
    except queue.Full:
        pass
"""


def test_an_item_is_put_when_there_is_a_place(trace: Trace) -> None:
    """First the wait, then the item; without a place nothing is put."""
    waits, puts = "waits for a place in queue books", "puts an item in queue books"
    for _ in range(TIMES // 4):
        text = timeline(trace(FULL))
        assert not list(violations(text))
        said = [phrase for _, lane, phrase in phrases(text) if lane == "write"]
        assert said.count(puts) == 3
        for before, after in pairwise(said):
            assert before != waits or after == "goes on"
            assert before != puts or after != "goes on"
        said = [phrase for _, lane, phrase in phrases(text) if lane == "main thread"]
        assert said.count(puts) == 2
        assert said[-3:] == [f"{waits} up to 0.001 s", "gives up", "ends"]


COMPUTING = """
    import sys, threading
    sys.setswitchinterval(60)
    go = threading.Event()
    def listen():
        go.wait()
    neighbour = threading.Thread(target=listen, name="neighbour")
    neighbour.start()
    go.set()
    for number in range(20_000):
        total = number + 1
    neighbour.join()
"""
TURNS = """time | thread | what happens
0 s | main thread | begins; starts neighbour (line 7)
0 s | neighbour | begins; waits for event go (line 5)
0 s | main thread | sets event go (line 8); computes 40,000 lines; \
waits for neighbour (line 11)
0 s | neighbour | goes on; ends
0 s | main thread | goes on; ends
"""


def test_whose_turn_it_is(trace: Trace) -> None:
    """The lines a thread executes before another has its turn are counted."""
    assert timeline(trace(COMPUTING)) == TURNS


def test_threads_that_take_turns(trace: Trace) -> None:
    """Two threads that compute do so in turns, which no comparison counts."""
    source = """
        import sys, threading
        sys.setswitchinterval(0.001)
        def add():
            for number in range(100_000):
                total = number + 1
        tills = [threading.Thread(target=add) for _ in range(2)]
        for till in tills:
            till.start()
        for till in tills:
            till.join()
    """
    text = timeline(trace(source))
    turns = [row.split(" | ")[1] for row in text.splitlines() if "computes" in row]
    assert set(turns) == {"add 1", "add 2"}
    assert len(turns) > 2
    assert not [row for row in comparable(text) if "computes" in row]


def test_thread_that_dies(trace: Trace) -> None:
    """Its lane says of what; the message on stderr is the plain run's."""
    source = """
        import threading
        thread = threading.Thread(target=int, args=("x",), name="till 1")
        thread.start()
        thread.join()
    """
    run = trace(source, stderr=True)
    assert "fails with ValueError\n" in timeline(run)
    assert "Exception in thread till 1:" in run.output


POOL = """
    from concurrent.futures import ThreadPoolExecutor, as_completed
    from threading import Event

    paid = Event()

    def sell(book):
        paid.wait()

    def count(books):
        return len(books) // 0

    with ThreadPoolExecutor(max_workers=1) as pool:
        sold = pool.submit(sell, "Night Trains")
        counted = pool.submit(count, "Salt Roads")
        paid.set()
        for job in as_completed([sold, counted]):
            job.exception()
        pool.submit(sell, "Harbour").result()
        paid.clear()
        pool.map(sell, ["A", "B"])
        paid.set()
"""


def test_jobs_of_a_pool(trace: Trace) -> None:
    """A lane each: it begins with its turn, says how it ends, and is waited for."""
    for _ in range(TIMES // 4):
        text = timeline(trace(POOL))
        assert not list(violations(text))
        said: dict[str, list[str]] = {}
        for _, lane, phrase in phrases(text):
            said.setdefault(lane, []).append(phrase)
        assert said["count Salt Roads"] == ["begins", "fails with ZeroDivisionError"]
        assert {
            (said[f"sell {name}"][0], said[f"sell {name}"][-1]) for name in "AB"
        } == {("begins", "ends")}
        main = said["main thread"]
        submitted = [phrase for phrase in main if phrase.startswith("submits ")]
        assert submitted == [
            "submits sell Night Trains",
            "submits count Salt Roads",
            "submits sell Harbour",
            "submits sell A",
            "submits sell B",
        ]
        waits = [phrase for phrase in main if phrase.startswith("waits ")]
        assert set(waits) <= {
            "waits for the next that is done",
            "waits for sell Harbour",
            "waits for sell A, sell B",
            "waits for sell B",
        }
        assert main.count("goes on") == len(waits)


JOBS = """time | thread | what happens
0 s | main thread | begins; submits sell A (line 3); submits sell B (line 3)
0 s | sell A | begins; ends
0 s | main thread | waits for the next that is done (line 4)
0 s | sell B | begins; ends
0 s | main thread | goes on; ends
"""


def test_jobs_that_are_not_done() -> None:
    """Nobody has a result before there is one."""
    assert not list(violations(JOBS))
    *rows, ends, goes_on = JOBS.splitlines(keepends=True)
    early = "".join([*rows, goes_on, ends])
    none = early.replace(
        "A | begins; ends", "A | begins; waits for event paid (line 2)"
    )
    assert "main thread goes on before another job is done" in str([*violations(none)])
    both = early.replace("the next that is done", "sell A, sell B")
    assert "main thread goes on before sell B ends" in str([*violations(both)])


SOUND = """time | thread | what happens
0 s | main thread | begins; starts sell 1 (line 9); starts sell 2 (line 9)
0 s | sell 1 | begins; takes lock cash (line 4); waits for event opened (line 5)
0 s | sell 2 | begins; waits for lock cash (line 4)
0 s | main thread | sets event opened (line 10); waits for sell 1 (line 12)
0 s | sell 1 | goes on; releases lock cash (line 4); waits for barrier b for 2 threads
0 s | sell 2 | takes lock cash (line 4); releases lock cash (line 4)
0 s | sell 2 | waits for barrier b for 2 threads (line 6)
0 s | sell 1 | goes on; ends
0 s | sell 2 | goes on; ends
0 s | main thread | goes on; ends
"""
EDITS = {
    "two in the lock": (
        "begins; waits for lock cash (line 4)",
        "begins; takes lock cash (line 4)",
        "sell 2 takes lock cash, which sell 1 holds",
    ),
    "released twice": (
        "goes on; releases lock cash (line 4);",
        "goes on; releases lock cash (line 4); releases lock cash (line 4);",
        "sell 1 releases lock cash and does not hold it",
    ),
    "never released": (
        "; releases lock cash (line 4)\n",
        "\n",
        "sell 2 ends and holds lock cash",
    ),
    "woken by nobody": (
        "sets event opened (line 10); ",
        "",
        "sell 1 goes on before anybody lets it: event opened",
    ),
    "alone at the barrier": (
        "0 s | sell 2 | waits for barrier b for 2 threads (line 6)\n",
        "",
        "sell 1 goes on before all have come to barrier b for 2 threads",
    ),
    "joined too early": (
        "waits for sell 1 (line 12)\n",
        "waits for sell 1 (line 12); goes on\n",
        "main thread goes on before sell 1 ends",
    ),
    "begun by nobody": (
        "; starts sell 2 (line 9)",
        "",
        "sell 2 begins before anybody starts it",
    ),
    "computing while it waits": (
        "begins; waits for lock cash (line 4)",
        "begins; waits for lock cash (line 4); computes 2,000 lines",
        "sell 2 computes while it waits or is not there",
    ),
    "no end": ("sell 2 | goes on; ends", "sell 2 | goes on", "sell 2 does not end"),
}


def test_sound_timeline() -> None:
    """What the edits below begin with has nothing wrong in it."""
    assert not list(violations(SOUND))


@pytest.mark.parametrize("edit", EDITS)
def test_edited_timeline(edit: str, tmp_path: Path) -> None:
    """A recording that cannot have happened is found, and is not the run's."""
    old, new, problem = EDITS[edit]
    edited = SOUND.replace(old, new)
    assert edited != SOUND
    assert problem in "\n".join(violations(edited))
    recording = tmp_path / "till.out"
    recording.with_suffix(".timeline").write_text(edited, "utf-8")
    files = {"till.py": tmp_path / "till.py"}
    made = Example("till", files, "python till.py", recording, timeline=True)
    found = list(compare(made, {".timeline": SOUND}))
    assert len(found) == 1
    assert "did something else" in found[0]


def test_other_order_of_threads() -> None:
    """A run in which another thread was first is no difference."""
    swapped = SOUND.replace("sell 1 |", "sell X |").replace("sell 2 |", "sell 1 |")
    swapped = swapped.replace("sell X |", "sell 2 |")
    swapped = swapped.replace("waits for sell 1", "waits for sell 2")
    assert swapped != SOUND
    assert not list(violations(swapped))
    assert comparable(swapped) == comparable(SOUND)


ANSWERED = """\
time | task | what happens
0 s | main | begins; creates north, south; waits for north, south (line 9)
0 s | north | begins; waits for aiohttp (line 5)
0 s | south | begins; waits for aiohttp (line 5)
0 s | north | goes on; ends
0 s | south | goes on; ends
0 s | main | goes on; ends
"""


@pytest.mark.parametrize(
    ("waits", "free"),
    [
        ("aiohttp", True),
        ("a socket", True),
        ("a thread", True),
        ("event", False),
        ("event open of Desk", False),
        ("main", False),
    ],
)
def test_answers_from_outside_come_in_any_order(waits: str, free: bool) -> None:
    """The order of what the loop itself lets go on is compared."""
    text = ANSWERED.replace("aiohttp", waits)
    rows = text.splitlines(keepends=True)
    swapped = "".join([*rows[:4], rows[5], rows[4], rows[6]])
    assert (comparable(swapped) == comparable(text)) is free


def test_the_order_of_all_else_is_compared() -> None:
    """A task that begins, or goes on after another task, keeps its place."""
    rows = ANSWERED.splitlines(keepends=True)
    begun = "".join([*rows[:2], rows[3], rows[2], *rows[4:]])
    early = "".join([*rows[:5], rows[6], rows[5]])
    for other in (begun, early):
        assert comparable(other) != comparable(ANSWERED)
