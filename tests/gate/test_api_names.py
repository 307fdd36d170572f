"""The index of API names of a made-up site: exactly the right ones, none wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from gate.project import Project

SHOP = """\
import asyncio
import sqlite3
from contextlib import closing as shut
from datetime import date

import pytest
from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship()


class Drawer:
    def __enter__(self):
        return self

    def open(self):
        return func.count()


def heading(order: Order, gather: Drawer):
    gather.open()
    return order.customer.name.upper()


@pytest.mark.parametrize("cents", [1, 2])
@pytest.mark.refund
def check(cents):
    assert "".join(["a"]).count("a")


async def main():
    with shut(sqlite3.connect(":memory:")) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT 1").fetchone()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(asyncio.sleep(0))
    print(task.result(), date.today().isoformat(), unknown.thing)
"""
NAMES = {
    "asyncio.sleep",
    "asyncio.Task.result",
    "asyncio.TaskGroup",
    "asyncio.TaskGroup.create_task",
    "contextlib.closing",
    "datetime.date",
    "datetime.date.isoformat",
    "datetime.date.today",
    "enter",
    "pytest.mark",
    "pytest.mark.parametrize",
    "sqlalchemy.ForeignKey",
    "sqlalchemy.func",
    "sqlalchemy.func.count",
    "sqlalchemy.orm.DeclarativeBase",
    "sqlalchemy.orm.Mapped",
    "sqlalchemy.orm.mapped_column",
    "sqlalchemy.orm.relationship",
    "sqlite3.connect",
    "sqlite3.Connection.cursor",
    "sqlite3.Cursor.execute",
    "sqlite3.Cursor.fetchone",
}
MANY = 16  # new examples: from here on several processes look names up


# Side by side, all tests go to the worker that has built the site.
pytestmark = pytest.mark.xdist_group("API names")


@pytest.fixture(scope="module")
def site(make_project: Callable[..., Project]) -> Path:
    """A built site with an example that uses names of all kinds, and others."""
    project = make_project(["shop"])
    programs = {"names": SHOP}
    programs |= {f"empty_{number}": f"# {number}\n" for number in range(1, MANY)}
    page = "# Shop\n"
    for name, program in programs.items():
        page += f"\n/// example | till/shop/{name}.py\n///\n"
        project.write(f"snippets/till/shop/{name}.py", program)
        project.write(f"snippets/till/shop/{name}.out", f"$ python {name}.py\n")
    project.write("docs/till/shop.md", page)
    project.prove()
    end = project.build("--strict")
    assert end.returncode == 0, end.stdout
    return project.root / "site"


def soup(page: Path) -> Tag:
    """A page of the site."""
    return BeautifulSoup(page.read_text("utf-8"), "html.parser")


def test_names_of_libraries(site: Path) -> None:
    """Methods stand under their classes; own, everyday and unclear names nowhere."""
    pages = sorted(site.glob("api/*/index.html"))
    ids = {term["id"] for page in pages for term in soup(page).select("dt")}
    assert ids == NAMES
    overview = soup(site / "api/index.html")
    linked = {a["href"].partition("#")[2] for a in overview.select(".names a")}
    assert linked == NAMES


def test_name_leads_to_its_example(site: Path) -> None:
    """Each name leads to the figure of the example that uses it."""
    page = soup(site / "api/sqlite3/index.html")
    entry = page.find("dt", id="sqlite3.Cursor.execute")
    assert entry.get_text() == "Cursor.execute"
    links = [link["href"] for link in entry.find_next_sibling("dd").select("a")]
    assert links == ["../../till/shop/", "../../till/shop/#names"]
