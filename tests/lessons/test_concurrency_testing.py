"""The claims of docs/concurrency/testing.md, one test each."""

import asyncio
import os
import re
import subprocess
import sys
import threading
import time
import unittest
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from unittest.mock import AsyncMock

import pytest
from aiohttp import ClientSession, ClientTimeout, web
from aiohttp.test_utils import TestServer

LESSON = "concurrency/testing"
SNIPPETS = Path(__file__).parents[2] / "snippets" / LESSON
LIMIT = 60.0  # seconds until a run of pytest counts as stuck
SETTINGS = """\
[pytest]
asyncio_mode = "{mode}"
asyncio_default_fixture_loop_scope = "function"
asyncio_default_test_loop_scope = "function"
"""

Output = Callable[[str], str]
Load = Callable[[str], ModuleType]
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """``run(files, *options)``: what pytest prints, with pytest-asyncio loaded."""

    def start(files: dict[str, str], *options: str, plugin: bool = True) -> str:
        for name, text in files.items():
            (tmp_path / name).write_text(text, "utf-8")
        words = ["-v", "-p", "no:cacheprovider", *options]
        words += ["-p", "pytest_asyncio.plugin"] if plugin else []
        end = subprocess.run(
            [sys.executable, "-m", "pytest", *words],
            cwd=tmp_path,
            env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "200"},
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
        return end.stdout + end.stderr

    return start


def folder(name: str) -> dict[str, str]:
    """The files of an example that is a folder."""
    return {p.name: p.read_text("utf-8") for p in (SNIPPETS / name).glob("*.*")}


def changed(text: str, *changes: tuple[str, str]) -> str:
    """A text, changed as a "try this" tells the reader to."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def results(report: str) -> dict[str, str]:
    """What a report with ``-v`` says of each test; of two results, the last."""
    return dict(re.findall(r"^\S+::(\S+) ([A-Z]+)", report, re.MULTILINE))


# A test that sleeps and hopes


def test_a_busy_machine_turns_a_sleeping_test_red(output: Output) -> None:
    """The code is right, and its test is red."""
    report = output(f"{LESSON}/hoped_for_order")
    assert "assert ['till 2', 'till 1'] == ['till 1', 'till 2']" in report
    assert report.endswith("1 failed in 0.00s\n")


def test_try_this_a_quiet_machine(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """With BUSY off, till 1 sells during the nap, and the test passes."""
    module = load(f"{LESSON}/hoped_for_order")
    monkeypatch.setattr(module, "BUSY", False)
    till_1_is_done = threading.Event()
    sell = module.sell

    def sell_and_tell(till: str, receipts: list[str]) -> None:
        sell(till, receipts)
        till_1_is_done.set()

    monkeypatch.setattr(module, "sell", sell_and_tell)
    monkeypatch.setattr(time, "sleep", lambda _: till_1_is_done.wait(LIMIT))
    module.test_the_receipts_are_in_order()


def test_a_gate_forces_the_order_of_threads(output: Output, load: Load) -> None:
    """Till 2 is started first, and sells last, on every run."""
    assert "1 passed" in output(f"{LESSON}/forced_order")
    module = load(f"{LESSON}/forced_order")
    for _ in range(50):
        module.test_the_receipts_are_in_order()


def test_a_gate_that_stays_shut_ends_the_test(run: Run) -> None:
    """The limit turns a wait for ever into a failure that says why."""
    text = (SNIPPETS / "forced_order.py").read_text("utf-8")
    text = changed(text, ("    gate.set()\n", ""), ("LIMIT = 30.0", "LIMIT = 0.1"))
    report = run({"test_it.py": text}, plugin=False)
    assert "1 failed" in report
    assert "nobody opened the gate" in report


# Run a coroutine as a test


def test_without_a_plugin_no_line_is_run(output: Output) -> None:
    """It fails because it cannot be run, and not by its wrong price."""
    report = output(f"{LESSON}/async_test_forgotten")
    assert "async def functions are not natively supported" in report
    assert "assert" not in report
    assert "1 failed" in report


def test_the_wrong_price_is_found_with_the_plugin(run: Run) -> None:
    """The same file with the plugin: now the assert speaks."""
    text = (SNIPPETS / "async_test_forgotten.py").read_text("utf-8")
    files = {"test_it.py": text, "pytest.toml": SETTINGS.format(mode="auto")}
    assert "assert 1200 == 1250" in run(files)


def test_auto_takes_every_async_test_and_fixture(output: Output) -> None:
    """Neither mark nor another decorator is needed."""
    assert results(output(f"{LESSON}/with_the_plugin")) == {
        "test_south_is_the_cheapest": "PASSED",
        "test_a_closed_desk_refuses": "PASSED",
    }


def test_strict_is_the_default_and_wants_marks(run: Run) -> None:
    """Without the mode, an unmarked test is not run, and one that is marked is."""
    text = (SNIPPETS / "async_test_forgotten.py").read_text("utf-8")
    toml = changed(SETTINGS, ('asyncio_mode = "{mode}"\n', ""))
    report = run({"test_it.py": text, "pytest.toml": toml})
    assert re.search("mode=(Mode.)?strict", report, re.IGNORECASE)
    assert set(results(report).values()) == {"FAILED"}
    assert "async def functions are not natively supported" in report
    text += "import pytest\npytestmark = pytest.mark.asyncio\n"
    assert "assert 1200 == 1250" in run({"test_it.py": text})


def test_an_unset_loop_scope_warns(run: Run) -> None:
    """The plugin warns; with `error` in filterwarnings nothing starts."""
    files = {"test_it.py": "def test_it(): pass\n", "pytest.toml": "[pytest]\n"}
    assert '"asyncio_default_fixture_loop_scope" is unset' in run(files)
    files["pytest.toml"] += 'filterwarnings = ["error"]\n'
    report = run(files)
    assert "PytestDeprecationWarning" in report
    assert "1 passed" not in report


def test_each_test_has_a_loop_of_its_own(run: Run) -> None:
    """With the scope function; tests of the scope module share one."""
    text = "import asyncio, pytest\nloops = []\n"
    for name in ("one", "two"):
        text += f"async def test_{name}(): loops.append(asyncio.get_running_loop())\n"
    text += "def test_loops(): assert len(set(loops)) == {}\n"
    shared = "pytestmark = pytest.mark.asyncio(loop_scope='module')\n"
    settings = {"pytest.toml": SETTINGS.format(mode="auto")}
    assert "3 passed" in run(settings | {"test_it.py": text.format(2)})
    text = text.replace("loops = []\n", f"loops = []\n{shared}").format(1)
    assert "3 passed" in run(settings | {"test_it.py": text})


def test_a_fixture_of_another_loop(output: Output) -> None:
    """The test in its own loop fails, the one in the fixture's loop passes."""
    report = output(f"{LESSON}/fixture_in_another_loop")
    assert results(report) == {
        "test_in_a_loop_of_its_own": "FAILED",
        "test_in_the_loop_of_the_module": "PASSED",
    }
    assert "RuntimeError: the desk belongs to another loop" in report


def test_or_let_the_fixture_live_for_one_test(run: Run) -> None:
    """With the function's scope and loop scope, the first test passes."""
    files = folder("fixture_in_another_loop")
    files["test_desk.py"] = changed(
        files["test_desk.py"],
        ('fixture(scope="module", loop_scope="module")', "fixture"),
        ('asyncio(loop_scope="module")', "asyncio"),
    )
    assert set(results(run(files)).values()) == {"PASSED"}


def test_isolated_async_case(output: Output) -> None:
    """Both tests pass, without a plugin."""
    report = output(f"{LESSON}/isolated_async_case")
    assert report.count("... ok") == 2
    assert report.endswith("OK\n")


def test_pytest_runs_the_isolated_case_too(run: Run) -> None:
    text = (SNIPPETS / "isolated_async_case.py").read_text("utf-8")
    assert "2 passed" in run({"test_it.py": text}, plugin=False)


def test_isolated_case_loops_and_clean_up() -> None:
    """One loop for set-up, test and clean-up, in debug mode; another for the next."""
    seen: list[tuple[str, asyncio.AbstractEventLoop, bool]] = []

    class Case(unittest.IsolatedAsyncioTestCase):
        async def note(self) -> None:
            loop = asyncio.get_running_loop()
            seen.append((self.id().rpartition(".")[2], loop, loop.get_debug()))

        async def asyncSetUp(self) -> None:
            self.addAsyncCleanup(self.note)
            await self.note()

        async def test_fails(self) -> None:
            await self.note()
            self.fail("on purpose")

        async def test_passes(self) -> None:
            await self.note()

    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(Case).run(result)
    assert (len(result.failures), result.errors) == (1, [])
    assert [name for name, _, _ in seen] == ["test_fails"] * 3 + ["test_passes"] * 3
    assert all(debug for _, _, debug in seen)
    loops = [loop for _, loop, _ in seen]
    assert len(set(loops[:3])) == len(set(loops[3:])) == 1
    assert loops[0] is not loops[3]


def test_called_is_not_awaited(output: Output) -> None:
    """The call is counted at once, the await when it happens."""
    assert output(f"{LESSON}/called_or_awaited").splitlines() == [
        "called: 1",
        "awaited: 0",
        "AssertionError: Expected reserve to have been awaited once. Awaited 0 times.",
        "a copy is yours",
        "awaited: 1",
    ]


def test_a_spec_refuses_a_slip(load: Load) -> None:
    """The stand-in has what a desk has, as coroutine functions."""
    desk = AsyncMock(spec=load(f"{LESSON}/called_or_awaited").Desk)
    with pytest.raises(AttributeError, match="reserv_"):
        _ = desk.reserv_
    assert isinstance(desk.reserve, AsyncMock)


# Open gates instead of sleeping


def test_the_order_of_the_gates(output: Output) -> None:
    """It is neither the order of the suppliers nor that of the prices."""
    line = output(f"{LESSON}/gate_the_order")
    names = re.findall(r"'(\w+) ", line)
    prices = [int(price) for price in re.findall(r" (\d+)'", line)]
    assert names == ["east", "north", "south"]
    assert names != ["north", "south", "east"]
    assert prices != sorted(prices)


def test_all_calls_wait_before_a_gate_opens() -> None:
    """The timeline has three calls at their gates before one goes on."""
    rows = (SNIPPETS / "gate_the_order.timeline").read_text("utf-8").splitlines()
    at_gate = [n for n, row in enumerate(rows) if "waits for event open" in row]
    going_on = [n for n, row in enumerate(rows) if "| goes on; ends" in row]
    assert len(at_gate) == 3
    assert max(at_gate) < min(going_on)


@pytest.mark.parametrize("attempt", range(20))
def test_any_order_can_be_forced(load: Load, attempt: int) -> None:
    """It passes on every run, whatever else the loop has to do."""
    module = load(f"{LESSON}/gate_the_order")

    async def noise() -> None:
        for _ in range(attempt):
            await asyncio.sleep(0)

    async def scene() -> None:
        others = [asyncio.create_task(noise()) for _ in range(attempt)]
        await module.test_order_of_arrival()
        await asyncio.gather(*others)

    asyncio.run(scene())


def test_try_this_without_the_waits() -> None:
    """The board has the order in which the tasks began."""
    text = (SNIPPETS / "gate_the_order.py").read_text("utf-8")
    text = changed(
        text,
        (
            "        for gate in gates.values():\n"
            "            await gate.reached.wait()\n",
            "",
        ),
        (
            "            lines.append(await board.get())\n",
            "        lines = [await board.get() for _ in PRICES]\n",
        ),
        ("    assert lines ==", "    return lines\n    assert lines =="),
    )
    space: dict = {"__name__": "changed"}
    exec(text, space)
    lines = asyncio.run(space["test_order_of_arrival"]())
    assert [line.split()[0] for line in lines] == ["north", "south", "east"]


def gate_test(*changes: tuple[str, str], limit: float = LIMIT) -> Callable[[], None]:
    """The test with the gates, changed, as a function without arguments."""
    space: dict = {"__name__": "changed"}
    text = (SNIPPETS / "gate_the_order.py").read_text("utf-8")
    exec(changed(text, ("LIMIT = 30.0", f"LIMIT = {limit}"), *changes), space)
    return lambda: asyncio.run(space["test_order_of_arrival"]())


def test_one_after_the_other_meets_the_limit() -> None:
    """The second gate is never reached, and the test ends all the same."""
    one_by_one = (
        "            group.create_task(note(supplier), name=supplier)",
        "            await note(supplier)",
    )
    with pytest.raises(TimeoutError):
        gate_test(one_by_one, limit=0.1)()


def test_the_order_is_forced_whatever_happens_after_the_answer() -> None:
    """A function that waits between answer and board keeps the order of the gates."""
    late = (
        "        price = await ask(supplier, isbn)\n",
        "        price = await ask(supplier, isbn)\n"
        "        for _ in range(len(PRICES) * (supplier == 'east')):\n"
        "            await asyncio.sleep(0)\n",
    )
    gate_test(late)()


def test_an_error_of_the_function_ends_the_test() -> None:
    """The group reports it at once, before the limit."""
    fails = (
        "    async with asyncio.TaskGroup() as group:\n        for",
        "    raise ZeroDivisionError\n    async with asyncio.TaskGroup() as group:\n"
        "        for",
    )
    with pytest.raises(ExceptionGroup) as caught:
        gate_test(fails)()
    assert caught.group_contains(ZeroDivisionError)


# Force the race you fear


def test_the_race_on_every_run(output: Output) -> None:
    """Fifty runs of each class, and every one as expected."""
    assert "100 passed" in output(f"{LESSON}/force_the_race")


def test_the_hasty_counter_never_sells_one_copy_once(run: Run) -> None:
    """A test that expects so fails each time."""
    files = folder("force_the_race")
    files["test_race.py"] = changed(
        files["test_race.py"],
        ("range(50)", "range(2)"),
        ("(HastyCounter) == [True, True]", "(HastyCounter) == [False, True]"),
    )
    report = run(files, plugin=False)
    assert "2 failed, 2 passed" in report


def test_a_renamed_lock_breaks_the_barrier(run: Run) -> None:
    """The run ends after one limit, and not never."""
    files = folder("force_the_race")
    files["stock.py"] = changed(files["stock.py"], ("_lock", "_guard"))
    files["clash.py"] = changed(files["clash.py"], ("LIMIT = 30.0", "LIMIT = 0.1"))
    report = run(files, "-x", "-k", "one_copy_is_sold_once", plugin=False)
    assert "BrokenBarrierError" in report
    assert "1 failed, 50 deselected" in report


def test_most_races_survive_a_hundred_runs() -> None:
    assert (1 - 1 / 1000) ** 100 > 0.9


# Pass the clock in


def test_the_hand_clock(output: Output) -> None:
    assert set(results(output(f"{LESSON}/clock_passed_in")).values()) == {"PASSED"}


def test_pauses_and_attempts(load: Load) -> None:
    """One, two, four seconds; after that the next pause would pass the limit."""
    module = load(f"{LESSON}/clock_passed_in")
    clock = module.HandClock()
    pauses = []
    move = clock.sleep

    async def noted(seconds: float) -> None:
        pauses.append(seconds)
        await move(seconds)

    clock.sleep = noted
    with pytest.raises(ConnectionError):
        asyncio.run(module.ask_again(AsyncMock(side_effect=module.CLOSED), clock))
    assert pauses == [1, 2, 4]
    assert clock.now + 8 > module.LIMIT


def test_limit_and_cancel(output: Output) -> None:
    assert set(results(output(f"{LESSON}/limit_and_cancel")).values()) == {"PASSED"}


def test_a_limit_of_zero_spares_what_does_not_wait() -> None:
    """It is over at the first await that waits, not before."""
    steps = []

    async def answer() -> None:
        steps.append("answered")

    async def scene() -> None:
        async with asyncio.timeout(0):
            await answer()
            await asyncio.Future()

    with pytest.raises(TimeoutError):
        asyncio.run(scene())
    assert steps == ["answered"]


def test_wait_for_with_zero_does_not_begin_the_call() -> None:
    """The call is cancelled before its first step."""
    steps = []

    async def answer() -> None:
        steps.append("answered")

    async def scene() -> None:
        await asyncio.wait_for(answer(), 0)

    with pytest.raises(TimeoutError):
        asyncio.run(scene())
    assert steps == []


def test_a_total_of_zero_is_no_limit_for_aiohttp() -> None:
    """A request with a short limit ends; the one with zero waits for its answer."""
    late = asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        await late.wait()
        return web.Response(text="at last")

    async def fetch(session: ClientSession, total: float) -> str:
        async with session.get("/", timeout=ClientTimeout(total=total)) as response:
            return await response.text()

    async def scene() -> str:
        app = web.Application()
        app.router.add_get("/", answer)
        async with (
            TestServer(app) as server,
            ClientSession(server.make_url("/")) as session,
        ):
            patient = asyncio.create_task(fetch(session, 0))
            with pytest.raises(TimeoutError):
                await fetch(session, 0.1)
            assert not patient.done()
            late.set()
            return await patient

    assert asyncio.run(scene()) == "at last"


BUGS = {
    "swallows a cancellation": (
        "except TimeoutError:",
        "except (TimeoutError, asyncio.CancelledError):",
    ),
    "does not hang up": ("await ask(", "await asyncio.shield(ask("),
    "raises at the limit": ("        return None\n", "        raise\n"),
}


@pytest.mark.parametrize("bug", BUGS)
def test_the_tests_of_the_limit_find_bugs(run: Run, bug: str) -> None:
    files = folder("limit_and_cancel")
    old, new = BUGS[bug]
    files["desk.py"] = changed(files["desk.py"], (old, new))
    if "shield" in new:
        files["desk.py"] = changed(
            files["desk.py"], ("isbn)\n    exc", "isbn))\n    exc")
        )
    assert "FAILED" in results(run(files)).values()


def test_a_limit_from_outside(run: Run) -> None:
    """pytest-timeout ends a test that hangs, in a thread as well as in a loop."""
    text = "import threading\ndef test_it(): threading.Event().wait()\n"
    report = run({"test_it.py": text}, "-p", "pytest_timeout", "--timeout=1")
    assert "Timeout" in report


# Test against a real server


def test_the_server_fixture(output: Output) -> None:
    assert set(results(output(f"{LESSON}/server_fixture")).values()) == {"PASSED"}


def test_two_desks_at_once_have_two_ports(load: Load) -> None:
    """Port 0 means any free one."""
    module = load(f"{LESSON}/server_fixture/service.py")

    async def scene() -> set[str]:
        async with module.open_desk() as first, module.open_desk() as second:
            return {first, second}

    assert len(asyncio.run(scene())) == 2


def test_session_and_server_are_closed_after_a_failed_test(run: Run) -> None:
    """First the session, then the server."""
    files = folder("server_fixture")
    files["service.py"] = changed(
        files["service.py"],
        ("await runner.cleanup()", 'await runner.cleanup(); print("no server")'),
    )
    files["test_ask.py"] = changed(
        files["test_ask.py"],
        (
            "ClientSession(url) as session:\n        yield session\n",
            "ClientSession(url) as session:\n        yield session\n"
            '        print("session is closed:", session.closed)\n'
            '    print("session is closed:", session.closed)\n',
        ),
        (" is None", " == 1"),
    )
    report = run(files, "-s", "-k", "unknown")
    assert "1 failed" in report
    words = re.findall("session is closed: .*|no server", report)
    assert words == ["session is closed: False", "no server", "session is closed: True"]


# Leave nothing behind


def test_leaks_are_reported(output: Output) -> None:
    """Two errors at the tear-down, one failure by the filter, one clean test."""
    report = output(f"{LESSON}/nothing_left_behind")
    assert results(report) == {
        "test_task": "ERROR",
        "test_thread": "ERROR",
        "test_session": "FAILED",
        "test_clean": "PASSED",
    }
    assert "test_task PASSED" in report
    assert "test_thread PASSED" in report
    assert "tasks left: ['watch']" in report
    assert "threads left: ['printer']" in report


def test_without_the_fixtures_the_leaks_are_silent(run: Run) -> None:
    """A forgotten task is cancelled in silence when its loop's scope ends."""
    files = folder("nothing_left_behind")
    del files["conftest.py"]
    found = results(run(files))
    assert [found["test_task"], found["test_thread"]] == ["PASSED", "PASSED"]


TO_THREAD = """
import asyncio

async def test_it():
    assert await asyncio.to_thread(sum, [1, 2]) == 3
"""


def leaks(run: Run, test: str, *changes: tuple[str, str]) -> str:
    files = folder("nothing_left_behind")
    files["conftest.py"] = changed(files["conftest.py"], *changes)
    files["test_leaks.py"] = test
    return run(files)


def test_threads_of_the_loop_are_not_left(run: Run) -> None:
    """They end with the loop, which ends before the threads are counted."""
    assert set(results(leaks(run, TO_THREAD)).values()) == {"PASSED"}
    argument = ("    no_thread_is_left: None,\n", "")
    assert "threads left: ['asyncio_0']" in leaks(run, TO_THREAD, argument)


IN_A_WIDER_LOOP = """
import asyncio, pytest

@pytest.mark.asyncio(loop_scope="module")
async def test_it():
    watch = asyncio.create_task(asyncio.Event().wait(), name="watch")
"""


def test_the_fixture_needs_the_loop_scope_of_the_tests(run: Run) -> None:
    """It does not see the tasks of another loop."""
    assert "tasks left" not in leaks(run, IN_A_WIDER_LOOP)
    wider = (
        "@pytest.fixture(autouse=True)\nasync",
        "import pytest_asyncio\n"
        '@pytest_asyncio.fixture(autouse=True, loop_scope="module")\nasync',
    )
    assert "tasks left: ['watch']" in leaks(run, IN_A_WIDER_LOOP, wider)


def test_a_task_left_in_a_wider_loop_goes_on(run: Run) -> None:
    """In a loop of its own it is cancelled, in a shared one the next test meets it."""
    text = """
import asyncio
left = []
async def test_one():
    left.append(asyncio.create_task(asyncio.Event().wait()))
    await asyncio.sleep(0)
async def test_two():
    assert left[0].cancelled()
"""
    settings = {"pytest.toml": SETTINGS.format(mode="auto")}
    assert "2 passed" in run(settings | {"test_it.py": text})
    text = text.replace("assert left", "assert not left")
    settings["pytest.toml"] = settings["pytest.toml"].replace(
        'test_loop_scope = "function"', 'test_loop_scope = "module"'
    )
    assert "2 passed" in run(settings | {"test_it.py": text})


# Pitfalls


def test_a_failing_thread_only_warns(output: Output) -> None:
    """The first test passes with a warning; the filter makes the second fail."""
    report = output(f"{LESSON}/failing_thread")
    assert results(report) == {"test_sale": "PASSED", "test_strict_sale": "FAILED"}
    assert "1 failed, 1 passed, 1 warning" in report


def test_the_filter_for_all_tests(run: Run) -> None:
    """`filterwarnings = ["error"]` lets both fail."""
    text = (SNIPPETS / "failing_thread.py").read_text("utf-8")
    settings = '[pytest]\nfilterwarnings = ["error"]\n'
    found = results(run({"test_it.py": text, "pytest.toml": settings}, plugin=False))
    assert set(found.values()) == {"FAILED"}


FAILS_IN = """
import threading

import pytest

def fail_in(phase, here):
    if phase == here:
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()

@pytest.fixture
def desk():
    fail_in("{phase}", "setup")
    yield
    fail_in("{phase}", "teardown")

def test_it(desk):
    fail_in("{phase}", "call")
"""
STRICT = ("-W", "error::pytest.PytestUnhandledThreadExceptionWarning")


@pytest.mark.parametrize(
    ("phase", "said"),
    [("setup", "ERROR at setup"), ("call", "test_it _"), ("teardown", "ERROR at tear")],
)
def test_the_warning_comes_after_the_phase(run: Run, phase: str, said: str) -> None:
    """As an error it ends the phase in which the thread failed."""
    report = run({"test_it.py": FAILS_IN.format(phase=phase)}, *STRICT, plugin=False)
    [heading] = re.findall(r"^_+ (.*) _+$", report, re.MULTILINE)
    assert f"{heading} _".startswith(said)
    assert "ZeroDivisionError" in report


BLAMED = """
import threading

go = threading.Event()
threads = []

def sell():
    go.wait()
    raise ValueError("sold out")

def test_one():
    threads.append(threading.Thread(target=sell))
    threads[0].start()

def test_two():
    go.set()
    threads[0].join()
"""


def test_another_test_gets_the_blame(run: Run) -> None:
    """The first test left the thread behind, and the second fails."""
    report = run({"test_it.py": BLAMED}, *STRICT, plugin=False)
    assert results(report) == {"test_one": "PASSED", "test_two": "FAILED"}


def test_join_does_not_raise() -> None:
    """Its limit is over, and only `is_alive` tells."""
    gate = threading.Event()
    till = threading.Thread(target=gate.wait)
    till.start()
    till.join(0)
    assert till.is_alive()
    gate.set()
    till.join()
    assert not till.is_alive()


def test_counted_turns_break_with_one_more_await() -> None:
    """Three turns are enough for three, and not for four."""

    async def after(turns: int) -> bool:
        async def work() -> None:
            for _ in range(turns - 1):
                await asyncio.sleep(0)

        task = asyncio.create_task(work())
        for _ in range(3):
            await asyncio.sleep(0)
        done = task.done()
        await task
        return done

    assert asyncio.run(after(3))
    assert not asyncio.run(after(4))


# Check yourself and exercise


def test_the_questions(output: Output) -> None:
    where = f"{LESSON}/questions"
    assert output(f"{where}/the_gates_decide") == "first: ['south']\n"
    assert output(f"{where}/counted_too_early") == "2 1\n"


def test_what_the_exercise_finds(output: Output) -> None:
    """The starter passes on a quiet machine and nowhere else; each slip is seen."""
    starter = output(f"{LESSON}/exercise/starter")
    assert "passes_on_a_quiet_machine" not in starter
    assert starter.count("FAILED test_exercise.py::test_passes_on_a_busy_machine") == 3
    assert "does_not_wait_for_the_clean_up" in starter
    assert "14 passed" in output(f"{LESSON}/exercise/solution")
    slips = {
        "longer_sleeps": "test_passes_on_a_busy_machine",
        "counted_turns": "test_passes_on_another_right_function",
        "asserts_too_little": "test_notices_a_bug",
    }
    for name, test in slips.items():
        assert f"FAILED test_exercise.py::{test}" in output(
            f"{LESSON}/exercise/wrong/{name}"
        )


def exercise(run: Run, text: str) -> str:
    """The report of the exercise's tests on a reader's file."""
    tests = (SNIPPETS / "exercise" / "test_exercise.py").read_text("utf-8")
    files = {"exercise.py": text, "test_exercise.py": tests}
    return run(files, "--tb=line", plugin=False)


WEAK = {
    "no clean-up that waits": (
        "            await asyncio.sleep(0)  # clean-up that waits\n",
        "does_not_wait_for_the_clean_up",
    ),
    "one winner only": ("for supplier in SUPPLIERS:", "names_another_supplier"),
}


@pytest.mark.parametrize("weakness", WEAK)
def test_the_exercise_refuses_weak_tests(run: Run, weakness: str) -> None:
    old, bug = WEAK[weakness]
    new = "for supplier in SUPPLIERS[:1]:" if old.startswith("for") else ""
    solution = (SNIPPETS / "exercise" / "solution.py").read_text("utf-8")
    report = exercise(run, changed(solution, (old, new)))
    assert f"test_notices_a_bug[{bug}] FAILED" in report


def test_a_changed_function_does_not_help(run: Run) -> None:
    """Most runs take another function, and one tells of promises that are broken."""
    folder_ = SNIPPETS / "exercise"
    call = "            call.cancel()\n"
    solution = changed(
        (folder_ / "solution.py").read_text("utf-8"),
        (call, call.replace("call.cancel()", "pass")),
    )
    assert "test_passes_on_a_quiet_machine" in exercise(run, solution)
    # a function that needs no turns, and so would please a test that counts them
    starter = (folder_ / "starter.py").read_text("utf-8")
    head, _, tests = starter.partition("# -----")
    lazy = "async def first_price(ask, isbn, suppliers):\n    return 'east', 1325\n"
    report = exercise(run, f"{head}{lazy}# -----{tests}")
    assert report.count("FAILED test_exercise.py::test_passes_on_a_busy_machine") == 3


@pytest.mark.parametrize("turns", [12, 30])
def test_more_counted_turns_do_not_help(run: Run, turns: int) -> None:
    """The other right function takes as many as it likes."""
    counted = (SNIPPETS / "exercise" / "wrong" / "counted_turns.py").read_text("utf-8")
    report = exercise(run, changed(counted, ("range(2)", f"range({turns})")))
    assert "1 failed, 13 passed" in report
    assert "test_passes_on_another_right_function" in report


def test_tests_that_repeat_themselves_are_fine(run: Run) -> None:
    """Fifty times each is within the turns that the page promises."""
    folder_ = SNIPPETS / "exercise"
    text = (folder_ / "solution.py").read_text("utf-8")
    for name in re.findall(r"async def (test_\w+)", text):
        text = text.replace(f"def {name}", f"def once_{name}")
        text += f"\n\nasync def {name}():\n    for _ in range(50):\n"
        text += f"        await once_{name}()\n"
    assert "14 passed" in exercise(run, text)
    [turns] = re.findall(
        r"^TURNS = ([\d_]+)",
        (folder_ / "test_exercise.py").read_text("utf-8"),
        re.MULTILINE,
    )
    page = (SNIPPETS.parents[2] / "docs" / f"{LESSON}.md").read_text("utf-8")
    assert f"{int(turns):,} turns of the loop" in page


def test_the_exercise_speaks_of_a_missing_test(run: Run) -> None:
    solution = (SNIPPETS / "exercise" / "solution.py").read_text("utf-8")
    old, new = "test_the_others_are_cancelled", "test_others"
    assert f"there is no {old}" in exercise(run, changed(solution, (old, new)))


def test_a_limit_of_the_readers_own_is_fine(run: Run) -> None:
    """A test that gives up after half a minute is as good."""
    solution = (SNIPPETS / "exercise" / "solution.py").read_text("utf-8")
    text = changed(
        solution,
        (
            "    await gates.all_asked()\n",
            "    async with asyncio.timeout(30):\n        await gates.all_asked()\n",
        ),
    )
    text = text.replace(
        "        async with asyncio.timeout(30):\n        await",
        "        async with asyncio.timeout(30):\n            await",
    )
    assert "14 passed" in exercise(run, text)
