"""The page "Take it along": the site in other forms than pages."""

from collections.abc import Iterator

import lessons

ARCHIVE = """\
[proven-python.zip](../proven-python.zip){ download } has every page, every download
and the search: <span class="archive-size"></span>. Unpack it anywhere and open
`proven-python/index.html`. It asks no other computer for anything.
{ .online-only }
"""
NO_ARCHIVE = "The archive is made when the site is built: `nox -s site`.\n"
NO_FEED = "[What changed](changes.md) lists the newest changes.\n"


def take_along(archive: bool, feed: bool) -> str:
    """The page as Markdown; without an archive while somebody is serving."""
    return "\n".join(sections(archive, feed))


def sections(archive: bool, feed: bool) -> Iterator[str]:
    """The page's sections."""
    yield "# Take it along\n"
    yield "Read the lessons without this site, or have a program read them.\n"
    yield "## Offline\n"
    yield "The whole site is one archive that opens from the file system.\n"
    yield ARCHIVE if archive else NO_ARCHIVE
    yield "## As Markdown\n"
    yield "Each lesson as one plain file, with its programs and what they printed.\n"
    for part in lessons.curriculum():
        for lesson in filter(lessons.is_written, part.lessons):
            yield f"- [{lessons.title_of(lesson)}](../{lesson}.md)"
    yield "\n## For assistants\n"
    yield "`llms.txt` lists the lessons with one sentence each; `llms-full.txt` has"
    yield "all of them, with every program and output.\n"
    yield "[llms.txt](llms.txt) · [llms-full.txt](../llms-full.txt)\n{ .online-only }\n"
    yield "## Programs\n"
    yield "Every example has a Download link. `uv run` starts the file and installs"
    yield "what it needs: its first lines say what that is.\n"
    yield "## Changes\n"
    yield NO_FEED
    if feed:
        yield "The same as a feed: [changes.xml](changes.xml)\n{ .online-only }\n"
