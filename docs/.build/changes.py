"""What changed, and when: from the project's git history, never made up."""

import subprocess
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from lessons import is_lesson, is_written, title_of

NEWEST = 50
ATOM = "http://www.w3.org/2005/Atom"
LOG = ["log", "--no-merges", "--name-only", "--format=%x1e%H%x1f%cI%x1f%s"]
SHALLOW = "the clone is shallow: its history is cut off. Fetch all of it"


class NoHistory(Exception):
    """There is no history to tell of; the message says why."""


@dataclass(frozen=True)
class Change:
    """One commit that changed one lesson, its page or its examples."""

    lesson: str
    commit: str
    time: datetime
    subject: str


def read(root: Path) -> list[Change]:
    """Every change of the lessons that are there, the newest first.

    Raises :class:`NoHistory` without git, outside a repository of the
    project's own, and in a shallow clone.
    """
    if git(root, "rev-parse", "--show-prefix"):
        raise NoHistory("the project is no git repository of its own")
    if git(root, "rev-parse", "--is-shallow-repository") == "true":
        raise NoHistory(SHALLOW)
    return list(parse(git(root, *LOG, "--", "docs", "snippets")))


def git(root: Path, *words: str) -> str:
    """What git prints; what it complains about goes to the build's log."""
    command = ["git", "-c", "core.quotePath=off", *words]
    try:
        end = subprocess.run(
            command, cwd=root, stdout=subprocess.PIPE, encoding="utf-8"
        )
    except FileNotFoundError:
        raise NoHistory("git is not installed") from None
    if end.returncode:
        raise NoHistory("git finds no history of the project")
    return end.stdout.strip("\n")


def parse(log: str) -> Iterator[Change]:
    """The changes in git's log; one of each lesson that a commit touched."""
    for record in log.split("\x1e")[1:]:
        head, *files = record.split("\n")
        commit, time, subject = head.split("\x1f", 2)
        subject = "".join(filter(str.isprintable, subject))
        for lesson in dict.fromkeys(map(lesson_of, files)):
            if is_lesson(lesson) and is_written(lesson):
                moment = datetime.fromisoformat(time).astimezone(UTC)
                yield Change(lesson, commit, moment, subject)


def lesson_of(file: str) -> str:
    """The lesson that a file may belong to: ``concurrency/tasks``."""
    _, *inner = file.split("/")
    return "/".join(inner[:2]).removesuffix(".md")


def last_changed(changes: list[Change]) -> dict[str, datetime]:
    """When each lesson changed last."""
    return {change.lesson: change.time for change in reversed(changes)}


def day(time: datetime) -> str:
    """``21 November 2026``."""
    return f"{time.day} {time:%B %Y}"


def feed(changes: list[Change], title: str, address: str) -> str:
    """The newest changes as an Atom feed of the site at ``address``."""
    newest = changes[:NEWEST]
    etree.register_namespace("", ATOM)
    root = etree.Element(f"{{{ATOM}}}feed")
    add(root, "id", tag(address, "changes"))
    add(root, "title", f"{title}: what changed")
    add(root, "updated", stamp(max(change.time for change in newest)))
    add(root, "link", rel="self", href=f"{address}changes.xml")
    add(root, "link", rel="alternate", href=f"{address}changes/")
    add(add(root, "author"), "name", title)
    for change in newest:
        entry = add(root, "entry")
        add(entry, "id", tag(address, f"{change.lesson}/{change.commit}"))
        add(entry, "title", f"{title_of(change.lesson)}: {change.subject}")
        add(entry, "updated", stamp(change.time))
        add(entry, "link", rel="alternate", href=f"{address}{change.lesson}/")
        add(entry, "summary", change.subject)
    etree.indent(root)
    text = etree.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def add(
    parent: etree.Element, name: str, text: str = "", **attributes: str
) -> etree.Element:
    """A child element of Atom's."""
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = text or None
    return child


def tag(address: str, name: str) -> str:
    """An id that stays when titles and texts change (RFC 4151)."""
    parts = urlsplit(address)
    return f"tag:{parts.hostname},2026:{parts.path.strip('/')}/{name}"


def stamp(time: datetime) -> str:
    """A moment as Atom writes it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")
