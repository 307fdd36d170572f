"""What machines read in a page's head: schema.org data and link previews.

Plain functions over what is known of a page. Whatever needs the site's
public address is left out while there is none.
"""

import re
from datetime import datetime

import lessons

SITE = "Proven Python"
CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
GOALS = re.compile(r"^You will be able to:\n+((?:- .+\n(?:  .+\n)*)+)", re.MULTILINE)
MARKS = re.compile(r"[`*]|\]\([^)]*\)|(?<!\w)\[")


def about(
    name: str, meta: dict, markdown: str, address: str, changed: datetime | None
) -> dict:
    """What head.html and sitemap.xml say of a page beyond its own title."""
    written = (lessons.DOCS / f"{name}.md").is_file()
    data = []
    part = next((p for p in lessons.curriculum() if name == f"{p.folder}/index"), None)
    if name == "index":
        data = home_data(meta.get("description", ""), address)
    elif part:
        data = part_data(part, address)
    elif lessons.is_lesson(name):
        data = lesson_data(name, meta, markdown, address, changed)
    return {
        "lesson": lessons.is_lesson(name),
        "markdown": f"{name}.md" if written else "",
        "card": f"{address}cards/{name}.png" if written and address else "",
        "changed": f"{changed:%Y-%m-%d}" if changed else "",
        "data": data,
    }


def lesson_data(
    name: str, meta: dict, markdown: str, address: str, changed: datetime | None
) -> list[dict]:
    """A lesson as a LearningResource, and the way to it."""
    part = next(part for part in lessons.curriculum() if name in part.lessons)
    minutes = lessons.minutes(markdown, len(lessons.examples_on(name)))
    course = {"@type": "Course", "name": part.title, "description": part.about}
    course |= {"provider": {"@type": "Organization", "name": SITE}}
    data = {
        "@context": CONTEXT,
        "@type": "LearningResource",
        "name": lessons.title_of(name),
        "description": meta.get("description", ""),
        "inLanguage": "en",
        "learningResourceType": "lesson",
        "educationalLevel": meta.get("level", ""),
        "timeRequired": f"PT{minutes}M",
        "teaches": goals(markdown),
        "keywords": meta.get("tags", []),
        "isPartOf": course,
        "license": LICENCE,
        "isAccessibleForFree": True,
    }
    if changed:
        data["dateModified"] = changed.isoformat()
    if not address:
        return [filled(data)]
    course["url"] = f"{address}{part.folder}/"
    data |= {"url": f"{address}{name}/", "image": f"{address}cards/{name}.png"}
    steps = {
        "Home": address,
        part.title: f"{address}{part.folder}/",
        lessons.title_of(name): f"{address}{name}/",
    }
    return [filled(data), breadcrumbs(steps)]


def home_data(description: str, address: str) -> list[dict]:
    """The home page as the WebSite."""
    data = {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": SITE,
        "description": description,
        "inLanguage": "en",
        "license": LICENCE,
        "url": address,
    }
    return [filled(data)]


def part_data(part: lessons.Part, address: str) -> list[dict]:
    """The way to a part's page."""
    if not address:
        return []
    return [breadcrumbs({"Home": address, part.title: f"{address}{part.folder}/"})]


def breadcrumbs(steps: dict[str, str]) -> dict:
    """The way to a page, from the home page on."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": url}
        for position, (name, url) in enumerate(steps.items(), 1)
    ]
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": items,
    }


def goals(markdown: str) -> list[str]:
    """The list under "You will be able to", as plain text."""
    found = GOALS.search(f"{markdown}\n")
    items = re.split(r"^- ", found[1], flags=re.MULTILINE)[1:] if found else []
    return [plain(item).rstrip(".;") for item in items]


def plain(markdown: str) -> str:
    """One line of text without Markdown's marks."""
    return " ".join(MARKS.sub("", markdown).split())


def filled(data: dict) -> dict:
    """Without what is not known."""
    return {name: value for name, value in data.items() if value not in ("", [], None)}
