"""The claims of docs/concurrency/which.md: its names exist, its links show them."""

import asyncio
import concurrent.futures
import itertools
import queue
import re
import sys
import threading
import time
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "concurrency" / "which.md"
ROWS = re.findall(r"^\| \[(.+?)\]\((.+?)\) \| (.+) \|$", PAGE.read_text("utf-8"), re.M)
HOMES = [
    aiohttp,
    asyncio,
    sys,
    threading,
    queue,
    time,
    concurrent.futures,
    asyncio.BaseEventLoop,
    asyncio.Task,
    threading.Thread,
    threading.Timer,
    concurrent.futures.Executor,
    queue.Queue,
]
WORDS = {"finally", "with", "future.result(timeout)", "pool.map", "pool.submit"}
SINCE_3_13 = {"shutdown", "sys._is_gil_enabled()"}


def plain(code: str) -> str:
    """``gather(…, return_exceptions=True)`` without what stands in brackets."""
    return code.partition("(")[0]


def anchor(heading: str) -> str:
    """The last part of the address of a section."""
    words = re.sub(r"[^\w\s-]", "", heading).strip().lower()
    return re.sub(r"[-\s]+", "-", words)


def section(link: str) -> str:
    """What stands in a section: its text, and the programs that it shows."""
    page, _, wanted = link.partition("#")
    text = (PAGE.parent / page).read_text("utf-8")
    parts = re.split(r"^(##+ .+)$", text, flags=re.M)
    headings = [anchor(heading) for heading in parts[1::2]]
    number = 2 * headings.index(wanted) + 1
    level = parts[number].index(" ")
    here = "".join(
        itertools.takewhile(
            lambda part: not re.match(rf"#{{2,{level}}} ", part), parts[number + 1 :]
        )
    )
    for shown in re.findall(r"^/// example \| (\S+)$", here, re.M):
        path = ROOT / "snippets" / shown
        files = [path] if path.is_file() else sorted(path.glob("*.py"))
        here += "".join(file.read_text("utf-8") for file in files)
    return here


def test_each_row_leads_to_a_section():
    """Every row of every table has a link with an anchor; the gate follows it."""
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line[:1] == "|"]
    tables = sum(line.startswith("|---") for line in rows)
    assert len(ROWS) == len(rows) - 2 * tables
    assert all("#" in link for _, link, _ in ROWS)
    assert len({(title, link) for title, link, _ in ROWS}) == len(ROWS)


def test_it_stays_one_page():
    """No more rows, and no longer ones, than a sheet has room for."""
    assert len(ROWS) <= 50
    assert all(len(title) <= 48 and len(use) <= 44 for title, _, use in ROWS)


@pytest.mark.parametrize(("title", "link", "use"), ROWS)
def test_each_link_names_what_to_use(title, link, use):
    """Every name in the second column stands in the section, or in its programs."""
    here = section(link)
    for code in re.findall(r"`(.+?)`", use):
        name = plain(code).rpartition(".")[2].partition("=")[0]
        assert re.search(rf"\b{name}\b", here), f"{title}: {link} has no {name}"
        for keyword in re.findall(r"\b(\w+)=True", code):
            assert f"{keyword}=True" in here, f"{title}: {link} has no {keyword}"


def test_what_is_new_says_so():
    """A name that is there from 3.13 on has "3.13+" in its row."""
    rows = [row for row in ROWS if SINCE_3_13 & set(re.findall(r"`(.+?)`", row[2]))]
    assert len(rows) == len(SINCE_3_13)
    assert all("3.13+" in title + use for title, _, use in rows)


@pytest.mark.parametrize(
    "code", sorted({code for *_, use in ROWS for code in re.findall(r"`(.+?)`", use)})
)
def test_each_name_exists(code):
    """What stands in the second column can be written in a program."""
    if code in WORDS or code == "daemon=True":
        return
    name = plain(code).rpartition(".")[2]
    if code in SINCE_3_13 and sys.version_info < (3, 13):
        pytest.skip("it is there from 3.13 on")
    assert any(hasattr(home, name) for home in [*HOMES, threading.Condition])


def test_tasks_have_the_same_without_rlock():
    """asyncio's primitives have the names of the threads'."""
    same = {"Queue", "Lock", "BoundedSemaphore", "Event", "Condition", "Barrier"}
    assert all(hasattr(asyncio, name) for name in same)
    assert not hasattr(asyncio, "RLock")
    assert not hasattr(asyncio, "local")


def test_keywords_exist():
    """``debug``, ``return_exceptions``, ``cancel_futures``, ``daemon``."""
    assert asyncio.run.__kwdefaults__["debug"] is None
    assert asyncio.gather.__kwdefaults__["return_exceptions"] is False
    pool = concurrent.futures.ThreadPoolExecutor
    assert pool.shutdown.__kwdefaults__["cancel_futures"] is False
    assert threading.Thread.__init__.__kwdefaults__["daemon"] is None
    assert "limit_per_host" in aiohttp.TCPConnector.__init__.__kwdefaults__
    assert aiohttp.ClientTimeout(total=1).total == 1
