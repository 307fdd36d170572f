"""The picture that a link to a page shows elsewhere: one PNG for each page.

Drawn with the font that Pillow brings along, so that it looks the same on
every machine.
"""

import io
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import PIL
from PIL import Image, ImageDraw, ImageFont

import lessons
from colours import colours
from proofs import Proofs

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 80
TITLE_WIDTH = 980
TITLE_HEIGHT = 275
SPELT = str.maketrans({"–": "-", "—": "-", "×": "x", "€": "EUR", "`": ""})
# The shapes of assets/logo.svg, in its 32 units.
PROMPT, STROKE = [(4, 6), (15, 16), (4, 26)], 4.5
BLOCK = (18, 14.5, 29, 28.5)


class NotDrawable(Exception):
    """The font lacks a character; the message names it."""


@dataclass(frozen=True)
class Card:
    """What stands on a card."""

    site: str
    title: str
    part: str
    proven: str


def card_of(name: str, site: str, about: str, proofs: Proofs | None) -> Card:
    """The card of a written page; ``about`` stands where no part can.

    The home page's counts the examples of all lessons.
    """
    parts = lessons.curriculum()
    part = next((p.title for p in parts if name in p.lessons), about)
    every = [
        lesson for p in parts for lesson in p.lessons if lessons.is_written(lesson)
    ]
    pages = every if name == "index" else [name]
    shown = [path for page in pages for path in lessons.examples_on(page)]
    files = [file for path in shown for file in lessons.files_of(path)]
    runs = [
        proofs.proven_on(lessons.LANGUAGES[file.suffix], file.read_text("utf-8"))
        for file in files
        if proofs
    ]
    return Card(site, lessons.title_of(name), part, proven(len(shown), runs))


def proven(examples: int, runs: list[list[str]]) -> str:
    """How many examples ran, and on which interpreters; empty when none did."""
    versions = lessons.in_order({version for run in runs for version in run})
    if not versions:
        return ""
    minors = list(dict.fromkeys(".".join(v.split(".")[:2]) for v in versions))
    noun = "example" if examples == 1 else "examples"
    between = " to ".join(dict.fromkeys([minors[0], minors[-1]]))
    return f"{examples} {noun} run · CPython {between}"


def write_card(card: Card, target: Path, cache: Path) -> None:
    """Write a card's PNG, drawn once and then kept in ``cache``."""
    inputs = (card, colours(), PIL.__version__, Path(__file__).read_text("utf-8"))
    kept = cache / f"{sha256(repr(inputs).encode()).hexdigest()[:32]}.png"
    if not kept.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(draw(card))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(kept.read_bytes())


def draw(card: Card) -> bytes:
    """The card as a PNG."""
    light, dark = colours()["light"], colours()["dark"]
    image = Image.new("RGB", SIZE, light["band"])
    faint = Image.blend(
        Image.new("RGB", (1, 1), light["band"]), Image.new("RGB", (1, 1), "white"), 0.05
    ).getpixel((0, 0))
    put_mark(image, (810, 120), 560, faint, faint)
    put_mark(image, (MARGIN - 8, 62), 76, light["band-ink"], light["lamp"])
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, HEIGHT - 14, WIDTH, HEIGHT), light["lamp"])
    write(pen, (160, 100), card.site, 40, light["band-ink"], "lm", 1)
    write(pen, (MARGIN, 208), card.part, 32, light["lamp"], "lm")
    size, lines = title_lines(card.title)
    for number, line in enumerate(lines):
        at = (MARGIN - 3, 248 + round(number * size * 1.18))
        write(pen, at, line, size, light["band-ink"], "la", max(1, size // 45))
    if card.proven:
        pen.rectangle((MARGIN, 545, MARGIN + 15, 573), dark["link"])
        write(pen, (MARGIN + 32, 560), card.proven, 30, light["band-quiet"], "lm")
    file = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def put_mark(
    image: Image.Image, at: tuple[int, int], size: int, prompt: object, block: object
) -> None:
    """Our mark, drawn four times as large and then reduced: smooth edges."""
    large = 4 * size
    unit = large / 32
    patch = image.crop((*at, at[0] + size, at[1] + size)).resize((large, large))
    pen = ImageDraw.Draw(patch)
    points = [(x * unit, y * unit) for x, y in PROMPT]
    pen.line(points, prompt, round(STROKE * unit), "curve")
    for x, y in (points[0], points[-1]):
        half = STROKE * unit / 2
        pen.regular_polygon((x, y, half), 4, 0, prompt)
    pen.rectangle([side * unit for side in BLOCK], block)
    image.paste(patch.resize((size, size), Image.Resampling.LANCZOS), at)


def title_lines(title: str) -> tuple[int, list[str]]:
    """The largest size in which the title fits, and its lines."""
    for size in range(92, 40, -2):
        lines = wrapped(drawable(title), size)
        if len(lines) * size * 1.18 <= TITLE_HEIGHT:
            break
    return size, lines


def wrapped(text: str, size: int) -> list[str]:
    """The text in lines of the title's width."""
    font = ImageFont.load_default(size)
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= TITLE_WIDTH or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def write(
    pen: ImageDraw.ImageDraw,
    at: tuple[int, int],
    text: str,
    size: int,
    colour: str,
    anchor: str,
    weight: int = 0,
) -> None:
    """A line of text; ``weight`` makes the one face that we have heavier."""
    font = ImageFont.load_default(size)
    pen.text(
        at,
        drawable(text),
        colour,
        font,
        anchor,
        stroke_width=weight / 2,
        stroke_fill=colour,
    )


def drawable(text: str) -> str:
    """The text in characters of the font; accents go, a dash becomes a hyphen."""
    decomposed = unicodedata.normalize("NFKD", text.translate(SPELT))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    font = ImageFont.load_default(20)
    unknown = bytes(font.getmask("\uffff"))
    for character in plain:
        if bytes(font.getmask(character)) == unknown:
            raise NotDrawable(
                f"the font of the social cards has no '{character}'; "
                "use another character in the title"
            )
    return plain
