"""Finished HTML of sites that nobody wrote, as large as a test wants them."""

import random
from pathlib import Path

STEMS = [a + b for a in "bdfgklmnprst" for b in ("a", "e", "i", "o", "u", "ar", "on")]
CODE = """import asyncio
from till.paper import {name}load

async def {name}_{other}(*rows, **options) -> int:
    if (left := await asyncio.gather(*rows)) is not None:
        return left // {number} % 7 ** 2
    return {name}load(options).{other}()
"""


class Words:
    """Words as a language has them: few of them often, most of them seldom."""

    def __init__(self, seed: int, number: int) -> None:
        self.random = random.Random(seed)
        self.known = ["".join(self.random.choices(STEMS, k=3)) for _ in range(number)]
        self.often = [1 / rank for rank in range(1, number + 1)]

    def some(self, number: int) -> list[str]:
        """So many words."""
        return self.random.choices(self.known, self.often, k=number)


def write_site(site: Path, pages: int) -> None:
    """Pages of three sections, each with a paragraph and an example."""
    words = Words(seed=pages, number=200 + 20 * pages)
    for number in range(pages):
        page = site / f"part{number % 9}" / f"lesson{number}" / "index.html"
        write_page(page, words, f"Lesson {number}")
    write_page(site / "index.html", words, "Home")
    write_page(site / "404.html", words, "Nowhere")


def write_page(path: Path, words: Words, title: str) -> None:
    """One page; every page has ``everywhere``, each example ``load`` in a name."""
    parts = [section(words, number) for number in range(3)]
    article = f'<h1 id="top">{title} {" ".join(words.some(3))}</h1>{"".join(parts)}'
    path.parent.mkdir(parents=True, exist_ok=True)
    up = "../" * 2 if path.parent.name.startswith("lesson") else ""
    path.write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body><nav>everynav</nav>"
        f"<button data-search>Search</button><article>{article}</article>"
        f'<script src="{up}assets/search.js"></script></body></html>\n',
        "utf-8",
    )


def section(words: Words, number: int) -> str:
    """A heading, a paragraph, an example with its output."""
    name, other = words.some(2)
    code = CODE.format(name=name, other=other, number=number + 2)
    text = " ".join(words.some(80))
    return (
        f'<h2 id="section-{number}">{" ".join(words.some(4)).title()}</h2>'
        f"<p>Everywhere {text} <code>till.{name}</code>.</p>"
        f'<figure class="example" id="example-{number}" data-example="x">'
        f'<figcaption><span class="example__name">{name}_{other}.py</span>'
        f"</figcaption><div class='language-python highlight'><pre><code>{code}"
        f"</code></pre></div><div class='example__output'><pre><code>"
        f"{words.some(1)[0]}</code></pre></div></figure>"
    )
