"""Running, stopping, editing and checking in the page, and what can go wrong there."""

import re
from collections.abc import Callable, Iterator

import node
import pytest
from checks import axe, privacy
from playwright.sync_api import Browser, Locator, Page, Worker, expect
from running import START, Figure, example, open_listening, texts, without_jspi
from site_pages import public_address
from storage import DENIED, FULL
from visit import SCHEMES, WIDTHS, Visit, visiting

from proving.layout import SNIPPETS

LESSON = "sql/sqlite3/index.html"
EXAMPLE = "sql/sqlite3/rows_by_name.py"
STATEMENTS = "sql/sqlite3/what_a_column_keeps.sql"
OTHER = "sql/sqlite3/ids_come_back.py"
EXERCISE = "sql/sqlite3/exercise"
TASKS = "concurrency/tasks/index.html"
FAILING = "concurrency/tasks/time_limit.py"
PRACTICE = "concurrency/practice_polite/index.html"
FOLDED = "concurrency/practice_polite/watcher_so_far"
THREADS = "concurrency/threads/index.html"
ENDLESS = "print('open')\nwhile True:\n    pass\n"
GREETING = "name = input('Your name: ')\nprint('Hello', name)\n"
SAME = re.compile(r"^Ended after \d+ ms\. It printed what is recorded below\.$")
OWN = re.compile(
    r"^Your edit ended after \d+ ms\. Below is the recording of the proven file\.$"
)
RESET = "The proven file is back; below is its recorded output."
LOST = "could not be fetched. Check your connection, then try again."
pytestmark = pytest.mark.timeout(180)
instant = pytest.mark.skipif(
    not public_address(),
    reason="instant navigation needs the site's address: set SITE_ADDRESS and build",
)


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A visit of the lesson; whatever goes wrong fails the test."""
    with visiting(browser, address) as opened:
        open_listening(opened, LESSON)
        yield opened
        assert not privacy.problems(opened)


@pytest.fixture
def figure(visit: Visit) -> Figure:
    """An example of the lesson."""
    return Figure(visit.page, EXAMPLE)


@pytest.fixture
def tasks(browser: Browser, address: str) -> Iterator[Visit]:
    """A visit of the lesson on tasks."""
    with visiting(browser, address) as opened:
        open_listening(opened, TASKS)
        yield opened
        assert not privacy.problems(opened)


def begin_endless(figure: Figure) -> Worker:
    """Start a program that never ends; answers the worker it runs in."""
    figure.write(ENDLESS)
    figure.run()
    expect(figure.output).to_have_text("open\n", timeout=START)
    figure.says("Running your edit")
    return figure.page.workers[0]


def note_ends(page: Page) -> list[Worker]:
    """The workers that have ended, from now on."""
    ended: list[Worker] = []

    def follow(worker: Worker) -> None:
        worker.on("close", lambda one: ended.append(one))

    page.on("worker", follow)
    return ended


def wait_for_end(page: Page, worker: Worker, ended: list[Worker]) -> None:
    """Wait until a worker is gone."""
    if worker not in ended:
        with worker.expect_event("close"):
            page.evaluate("0")
    assert worker not in page.workers


def focused(place: Locator) -> None:
    """The keyboard is there."""
    expect(place).to_be_focused()


# Stop, Edit, Reset


def test_stop(visit: Visit, figure: Figure) -> None:
    """An endless program is gone at once, and the next one runs."""
    ended = note_ends(visit.page)
    worker = begin_endless(figure)
    stop = figure.box.get_by_role("button", name="Stop rows_by_name.py")
    expect(stop).to_have_text("Stop")
    stop.click()
    figure.says("Stopped.")
    wait_for_end(visit.page, worker, ended)
    expect(figure.button("run")).to_have_text("Run")
    focused(figure.button("run"))
    figure.write("print('shut')\n")
    figure.run()
    figure.says(OWN)
    expect(figure.output).to_have_text("shut\n")


def test_an_edit_is_the_readers(figure: Figure) -> None:
    """The status says whose program it was, and does not speak of the recording."""
    text = texts(example(EXAMPLE))["rows_by_name.py"]
    figure.write(f"{text}print('mine')\n")
    figure.run()
    figure.says(OWN)
    assert figure.ran()["files"] == {"rows_by_name.py": f"{text}print('mine')\n"}
    assert figure.printed("stdout").endswith("\nmine\n")
    label = "Output of your run of rows_by_name.py"
    expect(figure.box.get_by_role("log", name=label)).to_be_visible()


def test_reset(visit: Visit, figure: Figure) -> None:
    """The proven file is back, nothing is kept, and it prints its recording."""
    block = figure.box.locator(".example__code")
    figure.write("print('mine')\n")
    expect(block).not_to_be_visible()
    figure.run()
    figure.says(OWN)
    figure.button("reset").click()
    figure.says(RESET)
    focused(figure.button("run"))
    expect(block).to_be_visible()
    expect(figure.editor).to_have_count(0)
    expect(figure.button("reset")).to_have_count(0)
    expect(figure.output).not_to_be_visible()
    kept = "Object.keys(localStorage).filter(name => name.startsWith('edit '))"
    assert visit.page.evaluate(kept) == []
    figure.run()
    figure.says(SAME)
    assert figure.ran()["files"] == texts(example(EXAMPLE))


def test_reset_stops(visit: Visit, figure: Figure) -> None:
    """Reset ends what still runs."""
    ended = note_ends(visit.page)
    worker = begin_endless(figure)
    figure.button("reset").click()
    figure.says(RESET)
    wait_for_end(visit.page, worker, ended)


def test_an_edit_is_kept_over_a_reload(visit: Visit, figure: Figure) -> None:
    """The button says so, and opens it again; Reset is offered."""
    expect(figure.button("edit")).to_have_text("Edit")
    figure.write("print('mine')\n")
    visit.page.reload()
    expect(figure.button("edit")).to_have_text("Edit yours")
    figure.button("edit").click()
    expect(figure.editor).to_contain_text("print('mine')")
    expect(figure.button("reset")).to_be_visible()
    figure.run()
    figure.says(OWN)
    assert figure.ran()["files"] == {"rows_by_name.py": "print('mine')\n"}
    figure.button("reset").click()
    expect(figure.button("edit")).to_have_text("Edit")


def test_two_at_once(figure: Figure) -> None:
    """One example ends while another one still runs."""
    begin_endless(figure)
    other = Figure(figure.page, OTHER)
    other.run()
    other.says(SAME)
    figure.says("Running your edit")
    figure.run()
    figure.says("Stopped.")
    other.says(SAME)


def test_too_much_output(figure: Figure) -> None:
    """A program that prints for ever is stopped, and the page goes on."""
    figure.write("while True:\n    print('x' * 999)\n")
    figure.run()
    figure.says("Stopped: it printed more than the page shows.")
    assert len(figure.output.text_content()) < 500_000
    expect(figure.button("run")).to_have_text("Run")


# Away and back


@instant
def test_leaving_a_page_ends_its_programs(visit: Visit, figure: Figure) -> None:
    """To the next lesson without a load, and back: nothing runs, the edit is kept."""
    page = visit.page
    page.evaluate("window.neverReloaded = true")
    ended = note_ends(page)
    worker = begin_endless(figure)
    here = page.url
    page.locator(".md-footer__link--next").click()
    page.wait_for_url(lambda url: url != here)
    wait_for_end(page, worker, ended)
    there = page.url
    page.go_back()
    page.wait_for_url(here)
    expect(figure.button("run")).to_have_text("Run")
    expect(figure.status).to_have_count(0)
    figure.button("edit").click()
    expect(figure.editor).to_contain_text("while True:")
    page.go_forward()
    page.wait_for_url(there)
    page.go_back()
    page.wait_for_url(here)
    other = Figure(page, OTHER)
    other.run()
    other.says(SAME)
    assert page.evaluate("window.neverReloaded")


def test_back_after_a_load(visit: Visit, figure: Figure, address: str) -> None:
    """Another page is loaded, and back: the example runs again."""
    figure.run()
    figure.says(SAME)
    visit.page.goto(address)
    visit.page.go_back()
    figure.run()
    figure.says(SAME)


# A program that fails


def test_the_line_of_a_failure_is_marked(tasks: Visit) -> None:
    """In the proven code; the status names the error, the file and the line."""
    figure = Figure(tasks.page, FAILING)
    figure.run()
    found = re.compile(r": TimeoutError \(time_limit\.py, line (\d+)\)")
    figure.says(found)
    text = figure.status.text_content()
    assert ", exit status 1: " in text
    line = int(found.search(text)[1])
    source = texts(example(FAILING))["time_limit.py"].splitlines()
    marked = "String([...CSS.highlights.get('failed')][0])"
    assert tasks.page.evaluate(marked) == source[line - 1]
    expect(figure.output.locator("[data-stream=stderr]").first).to_be_visible()
    Figure(tasks.page, "concurrency/tasks/first_answer.py").ends()
    assert tasks.page.evaluate("CSS.highlights.has('failed')") is False


def test_the_line_of_an_edit_is_marked(figure: Figure) -> None:
    """In the editor; the mark goes with the next run."""
    figure.write("a = 1\na / 0\n")
    figure.run()
    figure.says(re.compile(r"ZeroDivisionError.* \(rows_by_name\.py, line 2\)\. "))
    expect(figure.editor.locator(".marked")).to_have_text("a / 0")
    figure.write("a = 1\n")
    figure.run()
    figure.says(OWN)
    expect(figure.editor.locator(".marked")).to_have_count(0)


# A file that the reader knows


def test_a_folded_file_is_opened_to_be_edited(browser: Browser, address: str) -> None:
    """It is part of the program, whether one sees it or not."""
    with visiting(browser, address) as visit:
        open_listening(visit, PRACTICE)
        figure = Figure(visit.page, FOLDED)
        fold = figure.box.locator("details.example__fold")
        expect(fold).not_to_have_attribute("open", "")
        figure.ends()
        assert figure.ran()["files"] == texts(example(FOLDED))
        figure.button("edit").click()
        expect(figure.editor.nth(1)).to_be_visible()
        figure.editor.nth(1).focus()
        visit.page.keyboard.press("Control+Home")
        for mistake, error in (("1 / 0", "ZeroDivisionError"), ("(", "SyntaxError")):
            visit.page.keyboard.insert_text(f"{mistake}\n")
            figure.run()
            figure.says(re.compile(rf"{error}.* \(sweep\.py, line 1\)\. "))
            marked = figure.editor.nth(1).locator(".marked")
            expect(marked).to_have_text(mistake)
            figure.editor.nth(1).focus()
            visit.page.keyboard.press("Control+Home")
        assert not privacy.problems(visit)


# A file of SQL


def test_results_are_tables(visit: Visit) -> None:
    """Each result is a table, with the names and the values that are recorded."""
    figure = Figure(visit.page, STATEMENTS)
    figure.run()
    figure.says(SAME)
    tables = figure.box.get_by_role("table")
    expect(tables).to_have_count(2)
    first = visit.page.get_by_role("table", name="Result 1 of 2").get_by_role("row")
    expect(first.nth(0)).to_have_text("givenas_integeras_realas_text")
    expect(first.nth(2)).to_have_text("'12'1212.0'12'")


def test_the_line_of_a_statement_is_marked(visit: Visit) -> None:
    """What came before it is shown; the message is SQLite's."""
    figure = Figure(visit.page, STATEMENTS)
    figure.write("SELECT 1 AS one;\n\nSELECT *\nFROM shelf;\n")
    figure.run()
    figure.says(
        re.compile(r"no such table: shelf \(what_a_column_keeps\.sql, line 3\)")
    )
    expect(figure.editor.locator(".marked")).to_have_text("SELECT *")
    expect(figure.box.get_by_role("table")).to_have_text("Result 1 of 1one1")
    figure.button("reset").click()
    expect(figure.box.get_by_role("table")).to_have_count(0)


# input()


def test_input(figure: Figure) -> None:
    """A program that asks waits for a line; the line stands in its output."""
    figure.write(GREETING)
    figure.run()
    figure.says("The program waits for a line")
    line = figure.box.get_by_role("textbox", name="A line for the program")
    focused(line)
    line.page.keyboard.type("Amara")
    line.page.keyboard.press("Enter")
    figure.says(OWN)
    expect(figure.output).to_have_text("Your name: Amara\nHello Amara\n")
    expect(line).not_to_be_visible()
    focused(figure.output)


def test_end_of_input(figure: Figure) -> None:
    """Lines until the reader ends them."""
    figure.write("import sys\nprint(len(sys.stdin.readlines()))\n")
    figure.run()
    line = figure.box.get_by_role("textbox", name="A line for the program")
    for text in "one", "two":
        figure.says("The program waits for a line")
        expect(line).to_be_focused(timeout=START)
        line.page.keyboard.type(text)
        line.page.keyboard.press("Enter")
    expect(line).to_be_focused()
    figure.box.get_by_role("button", name="End of input").click()
    figure.says(OWN)
    assert figure.printed("stdout") == "2\n"


def test_without_jspi(browser: Browser, address: str) -> None:
    """Where a program cannot wait for the page, its input is written before."""
    with visiting(browser, address) as visit:
        without_jspi(visit.page)
        open_listening(visit, LESSON)
        figure = Figure(visit.page, EXAMPLE)
        figure.write(GREETING)
        figure.run()
        figure.says(re.compile("reads input. Write its lines, then choose Run again."))
        lines = figure.box.get_by_role("textbox", name="Input, one line each")
        focused(lines)
        lines.fill("Amara")
        figure.run()
        figure.says(OWN)
        assert figure.printed("stdout") == "Your name: Hello Amara\n"
        assert not visit.page.workers[0].evaluate("'Suspending' in WebAssembly")
        visit.open(TASKS)
        figure = Figure(visit.page, "concurrency/tasks/sequence_or_gather.py")
        figure.run()
        figure.says(SAME)
        assert not privacy.problems(visit)


# Browsers and networks that do less


def test_without_scripts(browser: Browser, address: str) -> None:
    """No button, and the reason in words."""
    with visiting(browser, address, LESSON, java_script_enabled=False) as visit:
        figure = visit.page.locator(f'[data-example="{EXAMPLE}"]')
        expect(figure.get_by_role("button")).to_have_count(0)
        why = figure.locator("noscript")  # whose text Playwright does not search
        expect(why).to_be_visible()
        assert why.text_content() == "Running it here needs JavaScript"


def test_without_webassembly(browser: Browser, address: str) -> None:
    """No button, and the reason in words."""
    with visiting(browser, address) as visit:
        visit.page.add_init_script("delete window.WebAssembly;")
        visit.open(LESSON)
        figure = Figure(visit.page, EXAMPLE)
        why = "This browser cannot run Python: it has no WebAssembly"
        expect(figure.box.get_by_text(why)).to_be_visible()
        expect(figure.button("run")).to_have_count(0)
        expect(figure.button("edit")).to_have_count(0)
        assert not privacy.problems(visit)


def test_without_threads(page: Page, address: str) -> None:
    """What needs threads has words, and no button."""
    page.goto(address + THREADS.removesuffix("index.html"))
    figures = page.locator(".example:has(.example__badge--local)")
    assert figures.count()
    expect(figures.locator("[data-action]")).to_have_count(0)
    words = "needs threads: run it on your computer"
    expect(figures.get_by_text(words)).to_have_count(figures.count())


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("worker.js", "This browser did not let Python start."),
        ("figures.js", f"This {LOST}"),
        ("terminal.py", f"Python {LOST}"),
        ("pyodide/pyodide.asm.wasm", f"Python {LOST}"),
    ],
)
def test_a_file_does_not_come(
    browser: Browser, address: str, file: str, words: str
) -> None:
    """It is said, and the next click works when the file comes again."""
    with visiting(browser, address, LESSON) as visit:
        context = visit.page.context
        context.route(f"**/assets/run/{file}", lambda route: route.abort())
        figure = Figure(visit.page, EXAMPLE)
        figure.run()
        expect(figure.box.get_by_role("status")).to_contain_text(words, timeout=START)
        expect(figure.button("run")).to_have_text("Run")
        context.unroute_all()
        figure.run()
        figure.says(SAME)
        expect(figure.box.get_by_text(words)).to_have_count(0)


def test_slow_network(visit: Visit, figure: Figure) -> None:
    """While Python comes, one sees how much of it has come."""
    slow = {"offline": False, "latency": 20, "uploadThroughput": -1}
    cdp = visit.page.context.new_cdp_session(visit.page)
    cdp.send("Network.emulateNetworkConditions", slow | {"downloadThroughput": 3e6})
    figure.run()
    fetched = re.compile(r"^Fetching Python, once: [1-9]\d* of \d+ MB$")
    expect(figure.box.locator(".run__fetched")).to_have_text(fetched, timeout=START)
    expect(figure.box.get_by_role("progressbar")).to_be_visible()
    figure.says(SAME)
    expect(figure.box.get_by_role("progressbar")).not_to_be_visible()


@pytest.mark.parametrize("storage", [FULL, DENIED], ids=["full", "denied"])
def test_without_storage(browser: Browser, address: str, storage: str) -> None:
    """Where nothing can be kept, editing and running work all the same."""
    with visiting(browser, address) as visit:
        visit.page.add_init_script(storage)
        visit.open(LESSON)
        figure = Figure(visit.page, EXAMPLE)
        figure.write("print('mine')\n")
        figure.run()
        figure.says(OWN)
        figure.button("reset").click()
        figure.says(RESET)
        figure.run()
        figure.says(SAME)
        assert not [error for error in visit.errors if "assets/run" in error]


# Exercises


def test_exercise(visit: Visit) -> None:
    """From the starter to a pass; the tick stays, until everything is forgotten."""
    page = visit.page
    figure = Figure(page, EXERCISE)
    tests = figure.box.locator(".run__tests > li")
    tick = page.get_by_role("img", name="exercise passed", include_hidden=True)
    figure.run()
    figure.says(re.compile(r"^(\d+ of \d+ tests pass|No test passes yet)\.$"))
    failed = tests.filter(has=page.locator("pre"))
    expect(failed.first.locator("code")).to_have_text(re.compile("^test_"))
    expect(failed.first.locator("pre")).not_to_be_empty()
    expect(tick).to_have_count(0)
    figure.write((SNIPPETS / EXERCISE / "solution.py").read_text("utf-8"))
    figure.run()
    figure.says(re.compile(r"^All \d+ tests pass\. The exercise is solved\.$"))
    expect(failed).to_have_count(0)
    expect(page.locator("h2#exercise .tick")).to_be_visible()
    page.reload()
    expect(page.locator("h2#exercise .tick")).to_be_visible()
    visit.open("progress/index.html")
    page.get_by_role("button", name="Forget everything").click()
    page.get_by_role("button", name="Yes, forget it").click()
    visit.open(LESSON)
    expect(figure.button("run")).to_be_visible()
    expect(tick).to_have_count(0)
    figure.button("edit").click()
    assert figure.editor.text_content() != ""
    expect(figure.button("reset")).to_have_count(0)


def test_exercise_that_cannot_be_read(figure: Figure) -> None:
    """An error in the file itself is reported, with its message."""
    exercise = Figure(figure.page, EXERCISE)
    exercise.write("def broken(:\n")
    exercise.run()
    exercise.says("No test passes yet.")
    expect(exercise.box.locator(".run__tests pre")).to_contain_text("SyntaxError")


# Keyboard and axe


def test_keyboard_alone(visit: Visit, figure: Figure) -> None:
    """Tab leads to Run; Enter runs; Edit, Ctrl-Enter, Escape and Reset keep on."""
    keyboard = visit.page.keyboard
    figure.box.locator("a").first.focus()
    while not figure.button("run").evaluate("one => one === document.activeElement"):
        keyboard.press("Tab")
    keyboard.press("Enter")
    figure.says(SAME)
    expect(figure.status).to_have_role("status")
    focused(figure.button("run"))
    keyboard.press("Tab")
    focused(figure.button("edit"))
    keyboard.press("Enter")
    focused(figure.editor)
    keyboard.type("print('mine')\n")
    keyboard.press("Control+Enter")
    figure.says(OWN)
    focused(figure.editor)
    keyboard.press("Escape")
    focused(figure.button("run"))
    keyboard.press("Tab")
    keyboard.press("Tab")
    focused(figure.button("reset"))
    keyboard.press("Enter")
    figure.says(RESET)
    focused(figure.button("run"))


def ended(figure: Figure) -> None:
    """Its program has ended."""
    figure.run()
    figure.says(SAME)


def failed(figure: Figure) -> None:
    """Its program has failed, with a line marked in the editor."""
    figure.write("1 / 0\n")
    figure.run()
    expect(figure.editor.locator(".marked")).to_be_visible(timeout=START)


def asking(figure: Figure) -> None:
    """Its program waits for a line."""
    figure.write(GREETING)
    figure.run()
    figure.says("The program waits for a line")


def checked(figure: Figure) -> None:
    """The exercise was checked, and tests have failed."""
    figure.run()
    figure.says(re.compile(r"\btests? pass(es yet)?\.$"))


STATES: dict[str, Callable[[Figure], object]] = {
    EXAMPLE: ended,
    OTHER: begin_endless,
    "sql/sqlite3/time_and_id.py": failed,
    "sql/sqlite3/text_in_an_integer.py": asking,
    EXERCISE: checked,
}


def test_axe_finds_nothing(visit: Visit) -> None:
    """One example ended, one runs, one failed, one asks, and a report, all at once."""
    for id, bring_about in STATES.items():
        bring_about(Figure(visit.page, id))
    script = node.module("axe-core") / "axe.min.js"
    visit.page.evaluate(script.read_text("utf-8"))
    for scheme in SCHEMES:
        visit.show_in(scheme)
        for width in WIDTHS:
            visit.resize(width)
            visit.let_draw()
            found = axe.violations(visit, within="figure")
            assert not found, f"{scheme} {width} px"
