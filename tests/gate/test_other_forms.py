"""What machines and offline readers get from a made-up site, edge by edge."""

import json
import os
import re
import subprocess
import xml.etree.ElementTree as etree
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

from gate.project import PAGE, Project

ADDRESS = "https://proven.example/lessons/"
SOURCE = "https://source.example/proven"
BOTH = {"SITE_ADDRESS": ADDRESS, "SOURCE_ADDRESS": SOURCE}
ATOM = "{http://www.w3.org/2005/Atom}"
AT = "2026-01-05T23:30:00-02:00"  # the next day in UTC
LOGO = ('d="M4 6l11 10L4 26"', 'x="18" y="14.5" width="11" height="14"')


def git(root: Path, *words: str) -> None:
    """Run git as somebody, at a fixed time."""
    who = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for role in ("AUTHOR", "COMMITTER"):
        who |= {f"GIT_{role}_NAME": "Ada", f"GIT_{role}_EMAIL": "ada@proven.example"}
        who |= {f"GIT_{role}_DATE": AT}
    subprocess.run(["git", *words], cwd=root, env=os.environ | who, check=True)


def commit(root: Path, subject: str) -> None:
    """Commit everything that is there."""
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", subject)


@pytest.fixture
def with_history(project: Project) -> Project:
    """A project of one commit, whose subject has what Markdown would read."""
    git(project.root, "init", "-q")
    project.write(".gitignore", "build/\nsite/\n")
    commit(project.root, "Till: <b> *two* `ticks` & a [link](x)")
    return project


def built(project: Project, **addresses: str) -> Path:
    """The built site."""
    end = project.build("--strict", **addresses)
    assert end.returncode == 0, end.stdout
    return project.root / "site"


def soup_of(site: Path, page: str) -> BeautifulSoup:
    """A page of the built site."""
    return BeautifulSoup((site / page).read_text("utf-8"), "html.parser")


def data_of(soup: BeautifulSoup) -> dict[str, dict]:
    """A page's structured data, by type."""
    blocks = [json.loads(s.string) for s in soup.select("script[type$='ld+json']")]
    return {block["@type"]: block for block in blocks}


def test_head_with_addresses(with_history: Project) -> None:
    """Structured data, preview and feed name the public address."""
    goals = "# Print a receipt\n\nYou will be able to:\n\n- print `12.50`;\n- stop.\n"
    text = PAGE.replace("# Print a receipt\n", goals)
    meta = "---\nlevel: beginner\ndescription: A till's </script> & receipt.\n---\n\n"
    with_history.write("docs/till/print.md", meta + text)
    proofs = with_history.root / "build" / "proofs"
    for path in proofs.glob("*.json"):
        moved = path.read_text("utf-8").replace("print.md:9", "print.md:19")
        path.write_text(moved, "utf-8")
    site = built(with_history, **BOTH)
    soup = soup_of(site, "till/print/index.html")
    data = data_of(soup)
    lesson = data["LearningResource"]
    assert lesson["name"] == "Print a receipt"
    assert lesson["description"] == "A till's </script> & receipt."
    assert lesson["teaches"] == ["print 12.50", "stop"]
    assert lesson["educationalLevel"] == "beginner"
    assert lesson["url"] == f"{ADDRESS}till/print/"
    assert lesson["dateModified"] == "2026-01-06T01:30:00+00:00"
    assert lesson["isPartOf"]["url"] == f"{ADDRESS}till/"
    way = [step["item"] for step in data["BreadcrumbList"]["itemListElement"]]
    assert way == [ADDRESS, f"{ADDRESS}till/", f"{ADDRESS}till/print/"]
    assert data_of(soup_of(site, "index.html"))["WebSite"]["url"] == ADDRESS
    assert soup.select_one("meta[property='og:url']")["content"] == lesson["url"]
    assert soup.select_one("meta[property='og:image']")["content"] == lesson["image"]
    assert (site / lesson["image"].removeprefix(ADDRESS)).is_file()
    feed = soup.select_one("link[type='application/atom+xml']")["href"]
    assert feed == "../../changes.xml"
    assert "changed 6 January 2026" in soup.select_one(".facts").text
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    assert sitemap.count("<lastmod>") == 1
    assert "<lastmod>2026-01-06</lastmod>" in sitemap
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (site / "robots.txt").read_text("utf-8")
    assert f"]({ADDRESS}till/print.md)" in (site / "llms.txt").read_text("utf-8")
    whole = (site / "llms-full.txt").read_text("utf-8")
    assert whole.startswith(f"<{ADDRESS}till/print/>\n\n# Print a receipt\n")


def test_head_without_addresses(with_history: Project) -> None:
    """What needs an address is left out; the rest is there."""
    site = built(with_history)
    soup = soup_of(site, "till/print/index.html")
    assert data_of(soup).keys() == {"LearningResource"}
    assert "url" not in data_of(soup)["LearningResource"]
    assert soup.select_one("meta[property='og:title']")["content"] == "Print a receipt"
    assert not soup.select("meta[property='og:url'], meta[property='og:image']")
    assert not soup.select("link[type='application/atom+xml']")
    for absent in ("changes.xml", "cards"):
        assert not (site / absent).exists()
    assert "Sitemap" not in (site / "robots.txt").read_text("utf-8")
    assert "](till/print.md)" in (site / "llms.txt").read_text("utf-8")
    text = soup_of(site, "changes/index.html").article.text
    assert "Till: <b> *two* `ticks` & a [link](x): Print a receipt" in text


def test_feed_is_atom(with_history: Project) -> None:
    """One entry for each commit and lesson, newest first, with ids that stay."""
    with_history.write("docs/till/print.md", PAGE.replace("receipt\n", "bill\n", 1))
    commit(with_history.root, "Call it a bill")
    with_history.write("README.md", "Nothing that a lesson shows.\n")
    commit(with_history.root, "A readme")
    site = built(with_history, **BOTH)
    feed = etree.parse(site / "changes.xml").getroot()
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}updated") == "2026-01-06T01:30:00Z"
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    links = {link.get("rel"): link.get("href") for link in feed.iter(f"{ATOM}link")}
    assert links["self"] == f"{ADDRESS}changes.xml"
    entries = feed.findall(f"{ATOM}entry")
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert titles == [
        "Print a bill: Call it a bill",
        "Print a bill: Till: <b> *two* `ticks` & a [link](x)",
    ]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 2
    for id, entry in zip(ids, entries, strict=True):
        assert re.fullmatch(r"tag:proven\.example,2026:lessons/till/print/\w{40}", id)
        assert entry.find(f"{ATOM}link").get("href") == f"{ADDRESS}till/print/"
        assert entry.findtext(f"{ATOM}updated") == "2026-01-06T01:30:00Z"
    page = soup_of(site, "changes/index.html")
    assert page.select_one("article h2").find(string=True) == "6 January 2026"
    commits = [a["href"] for a in page.select("article li a") if SOURCE in a["href"]]
    assert [link.rpartition("/")[2] for link in commits] == [id[-40:] for id in ids]


def test_no_repository(project: Project) -> None:
    """Without a history the page and the log say so, and nothing is made up."""
    end = project.build("--strict", **BOTH)
    assert end.returncode == 0, end.stdout
    assert "no changes are shown: " in end.stdout
    site = project.root / "site"
    assert not (site / "changes.xml").exists()
    text = soup_of(site, "changes/index.html").article.text
    assert "This copy was built without a history: " in text
    lesson = soup_of(site, "till/print/index.html")
    assert "changed" not in lesson.select_one(".facts").text
    assert "dateModified" not in data_of(lesson)["LearningResource"]
    assert not lesson.select("link[type='application/atom+xml']")


def test_part_of_another_repository(project: Project) -> None:
    """The history of a folder around the project is not the project's."""
    git(project.root.parent, "init", "-q")
    commit(project.root.parent, "Somebody else's")
    end = project.build("--strict")
    assert "the project is no git repository of its own" in end.stdout


def test_git_is_not_installed(project: Project, tmp_path: Path) -> None:
    """Without git the site is built all the same."""
    end = project.build("--strict", PATH=str(tmp_path))
    assert end.returncode == 0, end.stdout
    assert "no changes are shown: git is not installed" in end.stdout


def test_shallow_clone(with_history: Project, tmp_path: Path) -> None:
    """A history that is cut off is not shown as if it were whole."""
    commit_again = with_history.root / "docs" / "till" / "print.md"
    commit_again.write_text(PAGE, "utf-8")
    git(with_history.root, "commit", "-q", "--allow-empty", "-m", "Nothing")
    clone = tmp_path / "clone"
    origin = with_history.root.as_uri()
    git(tmp_path, "clone", "-q", "--depth", "1", origin, str(clone))
    (with_history.root / "build").rename(clone / "build")
    with_history.root = clone
    end = with_history.build("--strict", **BOTH)
    assert end.returncode == 0, end.stdout
    assert "the clone is shallow" in end.stdout
    text = soup_of(clone / "site", "changes/index.html").article.text
    assert "the clone is shallow" in text


def test_report_is_filled_in(project: Project) -> None:
    """Report and Edit lead to the source, with example, page and versions."""
    project.prove(commit="0123abcd")
    soup = soup_of(built(project, **BOTH), "till/print/index.html")
    link = soup.select_one("a[aria-label='Report a problem with receipt.py']")
    parts = urlsplit(link["href"])
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{SOURCE}/issues/new"
    fields = parse_qs(parts.query, strict_parsing=True)
    assert fields["title"] == ["Problem with till/print/receipt.py"]
    body = fields["body"][0]
    assert f"Page: {ADDRESS}till/print/#receipt\nCommit: 0123abcd\n" in body
    assert "Ran on: CPython 3." in body
    edit = soup.select_one("a[rel=edit]")
    assert edit["title"] == "Edit this page"
    assert not soup_of(project.root / "site", "changes/index.html").select("[rel=edit]")


def test_no_report_without_a_source(project: Project) -> None:
    """Nowhere to report to, so nothing is offered."""
    soup = soup_of(built(project, SITE_ADDRESS=ADDRESS), "till/print/index.html")
    assert "Report" not in soup.article.text
    assert "Source" not in soup.footer.text


def test_wrong_address_below_a_path(project: Project) -> None:
    """The 404 page works at any depth: its addresses begin with the site's path."""
    soup = soup_of(built(project, **BOTH), "404.html")
    for tag in soup.select("link[href], script[src], a[href], img[src]"):
        address = tag.get("href") or tag["src"]
        if not address.startswith(("#", SOURCE)):
            assert address.startswith("/lessons/"), tag
    assert "404" not in (project.root / "site" / "sitemap.xml").read_text("utf-8")


def test_dead_link_of_the_404_page(project: Project) -> None:
    """The gate follows the 404 page's links too."""
    page = "docs/.build/theme/404.html"
    text = (project.root / page).read_text("utf-8")
    project.write(page, text.replace("</h1>", '</h1><a href="/lessons/gone/">x</a>'))
    end = project.build(**BOTH)
    assert end.returncode == 1
    assert "the link /lessons/gone/ leads to no page" in end.stdout


def test_social_card(project: Project) -> None:
    """A PNG of the right size, light, and with the shapes of the logo."""
    card = (built(project, **BOTH) / "cards" / "till" / "print.png").read_bytes()
    assert card[:8] == b"\x89PNG\r\n\x1a\n"
    size = int.from_bytes(card[16:20]), int.from_bytes(card[20:24])
    assert size == (1200, 630)
    assert len(card) < 40_000
    logo = (project.root / "docs" / "assets" / "logo.svg").read_text("utf-8")
    assert all(shape in logo for shape in LOGO), "the cards draw another mark"


def test_title_that_no_card_can_show(project: Project) -> None:
    """A character that the cards' font lacks is a finding, and no blot."""
    for title, ends_in in {"Café – “naïve”": 0, "Print a 領収書": 1}.items():
        text = PAGE.replace("Print a receipt", title)
        project.write("docs/till/print.md", text)
        end = project.build(**BOTH)
        assert end.returncode == ends_in, end.stdout
    assert (
        "docs/till/print.md:1: the font of the social cards has no '領'" in end.stdout
    )


def test_same_input_same_bytes(with_history: Project) -> None:
    """Two builds, with and without the cache, differ in no byte."""

    def files() -> dict[str, bytes]:
        site = built(with_history, **BOTH)
        found = [path for path in site.rglob("*") if path.is_file()]
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}

    first = files()
    for path in (with_history.root / "build" / "cache" / "cards").iterdir():
        path.unlink()
    second = files()
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_archive_has_nothing_of_the_public_site(with_history: Project) -> None:
    """One folder, our address nowhere in its pages, relative links throughout."""
    site = built(with_history, **BOTH)
    with zipfile.ZipFile(site / "proven-python.zip") as archive:
        names = archive.namelist()
        pages = {n: archive.read(n).decode() for n in names if n.endswith(".html")}
    assert {name.split("/")[0] for name in names} == {"proven-python"}
    assert "proven-python/index.html" in names
    for name, text in pages.items():
        soup = BeautifulSoup(text, "html.parser")
        for report in soup.select("a[href*='/issues/new']"):
            report.decompose()  # these name the public page
        assert ADDRESS not in str(soup), name
        assert not soup.select(".online-only"), name
    left = {"404.html", "changes.xml", "sitemap.xml", "robots.txt", "llms.txt"}
    assert not left & {name.removeprefix("proven-python/") for name in names}


def test_markdown_copy_links(project: Project) -> None:
    """Copies lead to copies; where there is none, to the page."""
    links = "[Home](../index.md) [all](../examples.md#by-lesson) [out](https://x.y/z)"
    page = f"{PAGE}\n{links}\n\nA line.\n{{ .remark }}\n"
    project.write("docs/till/print.md", page)
    copy = (built(project) / "till" / "print.md").read_text("utf-8")
    assert "[Home](../index.md) [all](../examples/#by-lesson)" in copy
    assert "[out](https://x.y/z)" in copy
    assert "remark" not in copy
    site = built(project, **BOTH)
    whole = (site / "llms-full.txt").read_text("utf-8")
    assert f"[Home]({ADDRESS}index.md) [all]({ADDRESS}examples/#by-lesson)" in whole
