"""The site in other forms, its policy, and the way back from a wrong address."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page
from site_pages import SITE, pages, soup_of
from visit import Traffic

LESSONS = [page for page in pages() if (SITE / page).parent.with_suffix(".md").exists()]
FOUND = [page for page in pages() if page != "404.html"]
POLICY = "meta[http-equiv=Content-Security-Policy]"


def url_of(page: str) -> str:
    """A page's address below the site's root."""
    return page.removesuffix("index.html")


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked offline copy."""
    folder = tmp_path_factory.mktemp("offline")
    with zipfile.ZipFile(SITE / "proven-python.zip") as archive:
        archive.extractall(folder)
    return folder / "proven-python"


def test_policy_is_one_and_comes_first() -> None:
    """Every page has the same policy, before anything that it governs."""
    policies = set()
    for page in pages():
        head = soup_of(page).head.find_all(True)
        assert head[0].get("charset"), page
        policies.add(head[1]["content"])
    (policy,) = policies
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "://" not in policy


def test_policy_blocks_other_hosts(browser: Browser, address: str) -> None:
    """A picture, a script and a request of another host are refused."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("")
    blocked = page.evaluate(
        """async () => {
          const seen = [];
          document.addEventListener("securitypolicyviolation",
            (event) => seen.push(event.effectiveDirective));
          const script = document.createElement("script");
          script.src = "http://other.invalid/a.js";
          document.head.append(script);
          const inline = document.createElement("script");
          inline.textContent = "window.injected = true";
          document.head.append(inline);
          new Image().src = "http://other.invalid/a.png";
          await fetch("http://other.invalid/a.json").catch(() => {});
          while (seen.length < 4) await new Promise(requestAnimationFrame);
          return [seen.sort(), window.injected];
        }"""
    )
    context.close()
    directives = ["connect-src", "img-src", "script-src-elem", "script-src-elem"]
    assert blocked == [directives, None]


def test_instant_navigation_under_the_policy(page: Page, address: str) -> None:
    """Pages are swapped there and back; the sitemap names this server's address."""
    places = "".join(
        f"<url><loc>{urljoin(address, url_of(p))}</loc></url>" for p in FOUND
    )
    page.route(
        "**/sitemap.xml",
        lambda route: route.fulfill(
            body=f"<urlset>{places}</urlset>", content_type="application/xml"
        ),
    )
    traffic = Traffic(page)
    page.goto("")
    traffic.end()
    page.evaluate("window.sameDocument = true")
    title = page.title()
    page.locator(".md-tabs__link", has_text="Concurrency").click()
    page.wait_for_url("**/concurrency/")
    page.locator("article a", has_text="Run coroutines together").click()
    page.wait_for_url("**/concurrency/tasks/")
    page.locator("figure.example button").first.wait_for(state="attached")
    assert page.evaluate("window.sameDocument")
    assert page.locator(POLICY).count() == 1
    page.go_back()
    page.go_back()
    page.wait_for_function("title => document.title === title", arg=title)
    page.locator("label[for=__palette_1]").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert page.evaluate("window.sameDocument")


def test_every_page_describes_itself() -> None:
    """Title and description are there; no two pages have the same description."""
    seen: dict[str, str] = {}
    for page in FOUND:
        soup = soup_of(page)
        text = soup.select_one("meta[name=description]")["content"]
        assert 20 <= len(text) <= 300, page
        assert seen.setdefault(text, page) == page
        assert soup.select_one("meta[property='og:title']")["content"]


@pytest.mark.parametrize("name", LESSONS)
def test_lessons_have_structured_data(name: str) -> None:
    """A lesson's page says what it teaches and for whom; with its Markdown copy."""
    soup = soup_of(name)
    copy = soup.select_one("link[type='text/markdown']")["href"]
    assert (SITE / name).parent.joinpath(copy).resolve().is_file()
    if not soup.select_one(".facts"):
        return
    blocks = [json.loads(s.string) for s in soup.select("script[type$='ld+json']")]
    data = next(b for b in blocks if b["@type"] == "LearningResource")
    assert data["name"] == soup.h1.find(string=True)
    promise = soup.find("p", string="You will be able to:")
    assert len(data.get("teaches", [])) >= (3 if promise else 0)
    assert data["educationalLevel"] in soup.select_one(".facts").text.lower()
    minutes = re.fullmatch(r"PT(\d+)M", data["timeRequired"])[1]
    assert f"{minutes} minutes" in soup.select_one(".facts").text
    assert data["isAccessibleForFree"]
    assert data["license"].startswith("https://creativecommons.org/")


def test_nothing_of_the_theme_is_published_unused() -> None:
    """The theme's scripts and styles are those that pages load; no source maps."""
    loaded = {
        PurePosixPath(tag.get("href") or tag["src"]).name
        for page in pages()
        for tag in soup_of(page).select("link[href], script[src]")
    }
    for folder in ("javascripts", "stylesheets", "images"):
        for path in (SITE / "assets" / folder).rglob("*"):
            assert path.name in loaded, path
    assert not list(SITE.rglob("*.map"))


def test_wrong_address_leads_on() -> None:
    """The 404 page leads to every page, is asked to be forgotten, and offers search."""
    soup = soup_of("404.html")
    links = [a["href"] for a in soup.select("article a")]
    assert all(link.startswith("/") for link in links)
    ends = {f"/{url_of(page)}" for page in FOUND}
    assert len(set(links)) == len(ends)
    assert all(any(link.endswith(end) for link in links) for end in ends)
    assert soup.select_one("article button[data-search]")
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert not soup.select_one("link[rel=canonical]")
    assert "404" not in (SITE / "sitemap.xml").read_text("utf-8")


def test_wrong_address_without_scripts(browser: Browser, address: str) -> None:
    """Without JavaScript nothing is offered that needs it."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("404.html")
    assert page.locator("article a").first.is_visible()
    assert not page.locator("article button[data-search]").is_visible()
    context.close()


def test_assistants_find_everything() -> None:
    """llms.txt leads to every lesson's copy; llms-full.txt holds each of them."""
    text = (SITE / "llms.txt").read_text("utf-8")
    assert text.startswith("# Proven Python\n\n> ")
    whole = (SITE / "llms-full.txt").read_text("utf-8")
    for name in LESSONS:
        copy = f"{url_of(name).rstrip('/')}.md"
        assert f"{copy})" in text, name
        if soup_of(name).select_one(".facts"):
            first, *_ = (SITE / copy).read_text("utf-8").splitlines()
            assert f"\n{first}\n" in whole


def test_markdown_copies_lead_somewhere() -> None:
    """Each link of a copy leads to a copy, or to a page that has none."""
    address = canonical()
    for copy in sorted(SITE.rglob("*.md")):
        name = copy.relative_to(SITE).as_posix()
        text = re.sub(r"^```.*?^```", "", copy.read_text("utf-8"), flags=re.M | re.S)
        assert "{ ." not in text, name
        assert "--8<--" not in text, name
        for link in re.findall(r"\]\(([^)\s]+)\)", text):
            target = urljoin(f"{address}{name}", link)
            if target.startswith(address):
                path = unquote(urlsplit(target.removeprefix(address)).path)
                at = SITE / path
                assert (at / "index.html" if path.endswith("/") else at).is_file(), link


def canonical() -> str:
    """The site's public address, or a made-up one where it has none."""
    link = soup_of("index.html").select_one("link[rel=canonical]")
    return link["href"] if link else "https://site.invalid/"


def test_archive_is_offered_with_its_size() -> None:
    """The page names the archive's size as it is."""
    soup = soup_of("take-along/index.html")
    link = soup.select_one("a[download]")
    size = (SITE / "take-along" / link["href"]).stat().st_size
    assert soup.select_one(".archive-size").text == f"{size / 1_000_000:.1f} MB"


def test_every_link_of_the_offline_copy(offline: Path) -> None:
    """Every link and asset of every page is a file of the archive."""
    found = sorted(offline.rglob("*.html"))
    assert len(found) == len(FOUND)
    for page in found:
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        for where in links_of(soup):
            parts = urlsplit(where)
            if parts.scheme in ("http", "https"):
                continue  # a source that a lesson names; asserted below
            path = page.parent / unquote(parts.path) if parts.path else page
            assert path.is_file(), f"{page}: {where}"
            if parts.fragment and path.suffix == ".html":
                ids = path.read_text("utf-8")
                assert f'id="{unquote(parts.fragment)}"' in ids, f"{page}: {where}"
        loading = soup.select("link, script[src], img, source, form[action]")
        for tag in loading:
            assert not re.match(r"(https?:)?//", next(links_of_tag(tag), "")), tag
    assert not list(offline.rglob("*.xml"))


def links_of(soup: BeautifulSoup) -> Iterator[str]:
    """Every address on a page."""
    for tag in soup.select("[href], [src], [action]"):
        yield from links_of_tag(tag)


def links_of_tag(tag) -> Iterator[str]:
    """The addresses of one tag."""
    yield from (tag[name] for name in ("href", "src", "action") if tag.get(name))


def test_offline_copy_in_the_browser(browser: Browser, offline: Path) -> None:
    """By the tabs to a lesson, a question, on and back, home; without an error."""
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda m: m.type == "error" and wrong.append(m.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda r: not r.url.startswith(("file:", "data:")) and wrong.append(r.url),
    )
    page.goto((offline / "index.html").as_uri())
    page.locator(".md-tabs__link", has_text="Concurrency").click()
    page.wait_for_url("**/concurrency/index.html")
    page.locator("article a", has_text="Run coroutines together").click()
    page.wait_for_url("**/concurrency/tasks/index.html")
    page.locator("figure.example button").first.wait_for(state="attached")
    assert (
        page.locator("figure.example").first.evaluate(
            "e => getComputedStyle(e).borderTopStyle"
        )
        == "solid"
    )
    page.locator(".question input").first.check()
    page.locator(".question [role=status]:not(:empty)").wait_for()
    there = page.url
    page.locator(".md-footer__link--next").click()
    page.wait_for_url(lambda url: url != there)
    page.locator(".md-footer__link--prev").click()
    page.wait_for_url(there)
    page.locator("label[for=__palette_1]").click()
    page.locator(".md-logo").first.click()
    page.wait_for_url("**/proven-python/index.html")
    context.close()
    assert not wrong
