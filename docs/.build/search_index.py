"""The search's index, in pieces: a reader fetches the few that a query needs.

A plain function over a folder of finished HTML, whichever engine made it. The
build calls it; ``python docs/.build/search_index.py SITE`` runs it on any
folder. What it writes below ``search/`` are classic scripts, which a page may
load over http and from a folder alike:

    root.js                the version, and where the groups begin
    VERSION/groups/N.js    where the leaves of a group begin
    VERSION/terms/N.js     a leaf: terms in their order, with their postings
    VERSION/records/N.js   what is shown of a result, some records at a time

Every piece has a largest size, so a query costs the same on a large site.
docs/assets/search_query.js reads them.
"""

import json
import math
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import search_terms
from search_page import Record, records

# A term keeps its best postings only. On a site where more records have it, the
# others are not found by this term; together with a rarer one most of them are
# missed too, so the query then lets a cut term rank and not exclude.
MOST_POSTINGS = 200
# A beginning that more terms share has postings of its own.
MOST_TERMS = 8
LEAF = 10_000  # characters of a piece with terms: 3 to 4 KiB when compressed
GROUP = 64  # leaves in a group
BATCH = 16  # records in a piece
LONGEST_TERM = 60
LONGEST_TITLE = 100

# The weight of a term in a record is that of BM25: it grows ever more slowly
# with the times it occurs, and less in a long record than in a short one.
SATURATION, LENGTH = 4, 0.25
USUAL_LENGTH = 150  # different terms; not the average, which short entries pull down
TITLE_SHARED = 30  # among the words of a title: most for a title of one word
ABOVE = 1.5  # words of the titles above a record
BEGINNING = 0.2  # what a word counts that only begins a term
BEST = 99
# What a record is worth beside others that have the word as often.
OF_KIND = {"page": 1, "section": 1, "example": 0.8, "entry": 0.9}
OF_REPETITIONS = 0.4  # with a title that many pages have: Recap, solution.py
MANY_PAGES = 3
OF_PARENTS = 0.7  # of the pages below it, which say more
OF_LISTS = 0.3  # on pages that only say where things are
LISTS = {"api/", "changes/", "examples/", "proven/", "tags/"}


@dataclass
class Place:
    """A record with the page it stands on."""

    page: str  # "sql/sqlite3/"
    above: list[str]
    record: Record

    @property
    def shown(self) -> list:
        """What a result shows: kind, address, titles above, title, excerpt."""
        anchor = f"#{self.record.anchor}" * bool(self.record.anchor)
        above = [clipped(title) for title in self.above]
        title = clipped(self.record.title)
        kind = self.record.kind
        return [kind, self.page + anchor, above, title, self.record.excerpt]


Postings = list[tuple[int, int]]  # (number of the record, 1 to BEST), by number


def write(site: Path) -> dict[str, int]:
    """Write the index of a site into it; returns what was counted."""
    places = list(read(site))
    if not places:
        raise FileNotFoundError(f"{site}:1: no page is here; build the site first")
    shutil.rmtree(site / "search", ignore_errors=True)
    terms = with_beginnings(index(places))
    pieces = dict(cut(terms)) | dict(batches(places))
    version = sha256(json.dumps(pieces).encode()).hexdigest()[:8]
    groups = [name for name in pieces if name.startswith("groups/")]
    root = {
        "version": version,
        "group": GROUP,
        "batch": BATCH,
        "most": MOST_POSTINGS,
        "beginning": BEGINNING,
        "small": sorted(search_terms.SMALL),
        "groups": [pieces[name][0] for name in groups],
    }
    sizes = [write_piece(site, "root", "root", root)]
    for name, content in pieces.items():
        sizes.append(write_piece(site, f"{version}/{name}", name, content))
    return {
        "records": len(places),
        "terms": len(terms),
        "pieces": len(sizes),
        "largest": max(sizes),
        "root": sizes[0],
    }


def write_piece(site: Path, path: str, name: str, content: object) -> int:
    """One classic script that hands its content over; returns its length."""
    text = json.dumps(content, separators=(",", ":"))
    file = site / "search" / f"{path}.js"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'provenSearch.take("{name}",{text});\n', "utf-8")
    return file.stat().st_size


def read(site: Path) -> Iterator[Place]:
    """All records, in the order of the pages' addresses."""
    pages = {
        path.relative_to(site).as_posix().removesuffix("index.html"): list(
            records(path.read_text("utf-8"))
        )
        for path in sorted(site.rglob("*.html"))
        if path.name != "404.html" and not is_record(path.relative_to(site))
    }
    for page, found in pages.items():
        titles = [pages[p][0].title for p in above(page) if p and pages.get(p)]
        for record in found:
            yield Place(page, titles + record.above, record)


def is_record(page: Path) -> bool:
    """Whether a page only says when and where examples were run."""
    return page.parts[0] == "proven" and len(page.parts) > 2


def above(page: str) -> list[str]:
    """The pages of the folders that a page is in: ``["", "sql/"]``."""
    folders = page.strip("/").split("/")[:-1] if page else []
    return [""] * bool(page) + [
        "/".join(folders[: end + 1]) + "/" for end in range(len(folders))
    ]


def index(places: list[Place]) -> dict[str, tuple[int, Postings]]:
    """For each term how rare it is, and the records that have it, best first."""
    counts = [weights(place) for place in places]
    repeated = repeated_titles(places)
    parents = {page for place in places for page in above(place.page)}
    found: dict[str, Postings] = defaultdict(list)
    for number, (place, weight_of) in enumerate(zip(places, counts, strict=True)):
        long = 1 - LENGTH + LENGTH * len(weight_of) / USUAL_LENGTH
        share = worth(place, repeated, parents)
        for term, weight in weight_of.items():
            value = share * weight / (weight + SATURATION * long)
            found[term].append((number, math.ceil(BEST * value)))
    return {
        term: (rarity(len(postings), len(places)), best(postings))
        for term, postings in sorted(found.items())
    }


def repeated_titles(places: list[Place]) -> set[str]:
    """The titles that say what a record is, and not what it is about."""
    lessons = [place for place in places if place.page not in LISTS]
    pages = Counter(
        title for _, title in {(place.page, place.record.title) for place in lessons}
    )
    return {title for title, number in pages.items() if number >= MANY_PAGES}


def worth(place: Place, repeated: set[str], parents: set[str]) -> float:
    """What a record is worth by its kind and its place."""
    share = 1.0
    if place.page in LISTS:
        share *= OF_LISTS
    if place.page in parents:
        share *= OF_PARENTS
    share *= OF_KIND[place.record.kind]
    if place.record.kind != "entry" and place.record.title in repeated:
        share *= OF_REPETITIONS
    return share


def weights(place: Place) -> Counter[str]:
    """How much each term weighs in a record."""
    total: Counter[str] = Counter()
    for weight, where, text in place.record.texts:
        for term, share in terms_of(where, text):
            total[term] += weight * share
    for title in place.above:
        for term, share in terms_of("title", title):
            total[term] += ABOVE * share
    title = place.record.title.lower().split()
    for word in title:
        if len(title) == 1 or word not in search_terms.SMALL:
            total[word.strip(",:?()")] += TITLE_SHARED / len(title)
    return Counter({t: weight for t, weight in total.items() if len(t) <= LONGEST_TERM})


@cache
def terms_of(where: str, text: str) -> list[tuple[str, float]]:
    """The terms of a text; the tenth time in one program says little.

    Kept, because a program is asked for twice, the second time by its section.
    """
    reading = {
        "inline": search_terms.in_inline_code,
        "title code": search_terms.in_inline_code,
        "python": search_terms.in_python,
    }
    total: Counter[str] = Counter()
    for term, share in reading.get(where, search_terms.in_prose)(text):
        total[term] += share
    return [(term, min(share, share**0.5)) for term, share in total.items()]


def rarity(having: int, all_records: int) -> int:
    """What one occurrence is worth: much for a term that few records have."""
    return max(1, round(10 * math.log(1 + all_records / having)))


def best(postings: Iterable[tuple[int, int]]) -> Postings:
    """The best postings, in the order of their records."""
    ranked = sorted(postings, key=lambda posting: (-posting[1], posting[0]))
    return sorted(ranked[:MOST_POSTINGS])


def with_beginnings(
    terms: dict[str, tuple[int, Postings]],
) -> dict[str, tuple[int, Postings]]:
    """The terms, and under ``"be "`` what begins with ``be``, if that is much.

    So the first letters of a word cost one piece and not all that they begin.
    """
    sharing: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        if term[0].isalnum() or term[0] == "_":
            for end in range(1, len(term)):
                sharing[term[:end]].append(term)
    added = {}
    for beginning, longer in sharing.items():
        many = sum(len(terms[term][1]) for term in longer) > MOST_POSTINGS
        if many or len(longer) > MOST_TERMS:
            added[f"{beginning} "] = merged(beginning, longer, terms)
    return dict(sorted((terms | added).items()))


def merged(
    beginning: str, longer: list[str], terms: dict[str, tuple[int, Postings]]
) -> tuple[int, Postings]:
    """The postings of several terms as one; the shorter a term, the nearer."""
    scores: dict[int, float] = {}
    for term in longer:
        worth, postings = terms[term]
        near = BEGINNING * len(beginning) / len(term)
        for number, value in postings:
            scores[number] = max(scores.get(number, 0), near * worth * value)
    worth = math.ceil(max(scores.values()) / BEST)
    return worth, best((n, math.ceil(score / worth)) for n, score in scores.items())


def cut(terms: dict[str, tuple[int, Postings]]) -> Iterator[tuple[str, list]]:
    """Leaves and groups of them, each with its name."""
    leaves: list[list] = []
    size = LEAF
    for term, (worth, postings) in terms.items():
        row = [term, worth, *steps(postings)]
        length = len(json.dumps(row, separators=(",", ":")))
        if size + length > LEAF:
            leaves.append([])
            size = 0
        leaves[-1].append(row)
        size += length
    for number, leaf in enumerate(leaves):
        yield f"terms/{number}", leaf
    first = [leaf[0][0] for leaf in leaves]
    for start in range(0, len(first), GROUP):
        yield f"groups/{start // GROUP}", first[start : start + GROUP]


def steps(postings: Postings) -> Iterator[int]:
    """Postings as they are stored: the distance to the last record, the value."""
    last = 0
    for number, value in postings:
        yield from (number - last, value)
        last = number


def batches(places: list[Place]) -> Iterator[tuple[str, list]]:
    """What results show, some records in a piece."""
    for start in range(0, len(places), BATCH):
        batch = [place.shown for place in places[start : start + BATCH]]
        yield f"records/{start // BATCH}", batch


def clipped(title: str) -> str:
    """A title that keeps a piece small."""
    return title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE]}…"


def main(arguments: list[str]) -> int:
    """Write the index of a folder of HTML, from the command line."""
    if len(arguments) != 1:
        print("usage: python docs/.build/search_index.py SITE", file=sys.stderr)
        return 2
    try:
        counted = write(Path(arguments[0]))
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    print(", ".join(f"{name} {number}" for name, number in counted.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
