"""A timeline: the recording of a traced run as a picture and as a table.

:func:`as_html` depends on nothing but the recording's text, so the gate can
draw it again and compare. Lanes go from top to bottom in the order of their
creation, events from left to right in theirs; where the program asks for time
to pass, the picture is wider. :mod:`timeline_layout` says what lies where.
"""

import math
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from operator import itemgetter

from timeline_layout import (
    BAND,
    HOLD,
    MIDDLE,
    TOP,
    Band,
    Layout,
    Mark,
    Timeline,
    laid_out,
    parse,
)

CHARACTER = 6.8  # pixels that one takes, on average
AXIS = 22
KEY = {
    "new": "has not begun",
    "ready": "could run",
    "run": "runs",
    "sleep": "sleeps",
    "wait": "waits for a lock, an event, …",
    "join": "waits for others to end",
    "hold": "holds a lock",
    "end": "ends",
    "fail": "fails",
    "stop": "is asked to stop",
    "cancel": "is cancelled",
}
NOTES = {
    "task": (
        "The picture is wide where time passes; the steps between stand in their "
        "order and take hardly any. Every run gave the same picture."
    ),
    "thread": (
        "One recorded run; the next may take turns in another order. What every run "
        "was checked for: no two threads in one lock, and nobody goes on before "
        "what it waits for has happened."
    ),
}
ON = ("join", "run")  # bands on which words need another colour


def as_html(text: str) -> str:
    """The picture, its key, a note, and the same events as a table."""
    timeline = parse(text)
    layout = laid_out(timeline)
    lanes = "".join(f"<li>{escape(lane)}</li>" for lane in timeline.lanes)
    return (
        f'<div class="timeline timeline--{timeline.kind} language-timeline" '
        'role="group" aria-label="Timeline">'
        '<div class="timeline__scroll">'
        f'<ol class="timeline__lanes" aria-hidden="true">{lanes}</ol>'
        f"{picture(timeline, layout)}</div>"
        f'<p class="timeline__key">{"".join(key(timeline, layout))}</p>'
        f"<p>{NOTES[timeline.kind]}</p>"
        f"<details><summary>The same as a table</summary>{table(text)}</details></div>"
    )


def picture(timeline: Timeline, layout: Layout) -> str:
    """The SVG; one path for all that looks alike keeps it small."""
    width, bottom = math.ceil(layout.width), len(timeline.lanes) * layout.lane
    height = bottom + (AXIS if len(layout.ticks) > 1 else 0)
    title = escape(title_of(timeline))
    return (
        f'<svg class="timeline__picture" role="img" aria-label="{title}" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<title>{title}</title><desc>{escape(' '.join(described(layout)))}</desc>"
        f"{''.join(paths(layout, bottom))}{''.join(texts(layout))}"
        f"{''.join(times(layout, height))}</svg>"
    )


def title_of(timeline: Timeline) -> str:
    """What the picture is of."""
    seconds = timeline.rows[-1].time
    noun = f"{timeline.kind}s" if len(timeline.lanes) > 1 else timeline.kind
    lasts = f", over {seconds}" if seconds != "0 s" else ""
    names = ", ".join(timeline.lanes)
    return f"Timeline of {len(timeline.lanes)} {noun}{lasts}: {names}"


def described(layout: Layout) -> Iterator[str]:
    """How each lane begins and ends, in a sentence."""
    for lane, (begins, ends, how) in layout.spans.items():
        yield f"{lane} begins at {begins} and {how} at {ends}."
    yield "The table below has all events."


def paths(layout: Layout, height: int) -> Iterator[str]:
    """All shapes."""
    ticks = layout.ticks if len(layout.ticks) > 1 else []
    grid = "".join(f"M{x:g} 0V{height}" for x, _ in ticks)
    calls = "".join(
        f"M{x:g} {layout.top(a) + MIDDLE}V{layout.top(b) + MIDDLE}"
        for x, a, b in layout.calls
    )
    drawn = [("grid", grid), ("call", calls)]
    for kind in ("new", "join", "wait", "sleep", "ready", "run", "hold"):
        bands = [band for band in layout.bands if band.kind == kind]
        drawn.append((kind, "".join(shape(b, layout.top(b.lane)) for b in bands)))
    for kind in ("end", "fail", "stop", "cancel"):
        marks = [mark for mark in layout.marks if mark.kind == kind]
        drawn.append((kind, "".join(sign(m, layout.top(m.lane)) for m in marks)))
    for kind, path in drawn:
        if path:
            yield f'<path class="timeline__{kind}" d="{path}"/>'


def shape(band: Band, top: int) -> str:
    """A band: a line where nothing happens, a bar elsewhere."""
    x, width = band.start, band.end - band.start
    if band.kind in ("new", "join"):
        return f"M{x:g} {top + MIDDLE}h{width:g}"
    if band.kind == "hold":
        return f"M{x:g} {top + TOP + BAND}h{width:g}v{HOLD}h{-width:g}z"
    return f"M{x:g} {top + TOP}h{width:g}v{BAND}h{-width:g}z"


def sign(mark: Mark, top: int) -> str:
    """A mark: a bar, a cross, a triangle, a slashed circle."""
    x, y = mark.x, top + MIDDLE
    match mark.kind:
        case "end":
            return f"M{x:g} {y - 13}v26"
        case "fail":
            return f"M{x + 4:g} {y - 7}l14 14m0-14l-14 14"
        case "stop":
            return f"M{x:g} {y - 12}l5-7h-10z"
        case _:
            return f"M{x + 4:g} {y}a7 7 0 1 0 14 0a7 7 0 1 0-14 0m2 5l10-10"


def texts(layout: Layout) -> Iterator[str]:
    """The words in the bands that have room for them."""
    for band in layout.bands:
        room = band.end - band.start - 6
        fits = (text for text in band.labels if len(text) * CHARACTER <= room)
        if text := next(fits, ""):
            low = BAND // 2 + HOLD // 2 if band.kind == "hold" else 0
            x, y = (band.start + band.end) / 2, layout.top(band.lane) + MIDDLE + 4 + low
            on = f' class="timeline__on-{band.kind}"' if band.kind in ON else ""
            yield f'<text{on} x="{x:g}" y="{y}">{escape(text)}</text>'


def times(layout: Layout, height: int) -> Iterator[str]:
    """The time below the picture, where it passes."""
    end = -math.inf
    for x, time in layout.ticks if len(layout.ticks) > 1 else ():
        if x - end > (len(time) + 1) * CHARACTER:
            yield f'<text x="{max(x, 14):g}" y="{height - 6}">{time}</text>'
            end = x


def key(timeline: Timeline, layout: Layout) -> Iterator[str]:
    """The kinds of bands and marks that occur."""
    there = {found.kind for found in [*layout.bands, *layout.marks]}
    for kind, meaning in KEY.items():
        if kind in there:
            if kind == "run" and timeline.kind == "thread" and not layout.most:
                meaning = "runs, or may run"  # nobody counted whose turn it was
            yield f'<span class="timeline__{kind}">{meaning}</span>'


def table(text: str) -> str:
    """The recording as a table; what happens at the same time has one cell for it."""
    head, *rows = [row.split(" | ") for row in text.strip("\n").split("\n")]
    moments = (list(group) for _, group in groupby(rows, key=itemgetter(0)))
    body = "".join(map(moment, moments))
    return f"<table><tr>{cells('th', head)}</tr>{body}</table>"


def moment(rows: list[list[str]]) -> str:
    """The rows of one time."""
    (time, *_), *_ = rows
    first, *others = (cells("td", row[1:]) for row in rows)
    first = f'<td rowspan="{len(rows)}">{escape(time, quote=False)}</td>{first}'
    return "".join(f"<tr>{row}</tr>" for row in (first, *others))


def cells(tag: str, texts: Iterable[str]) -> str:
    """The cells of one row."""
    return "".join(f"<{tag}>{escape(text, quote=False)}</{tag}>" for text in texts)
