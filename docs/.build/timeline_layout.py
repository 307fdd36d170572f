"""What lies where in the picture of a timeline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

# Pixels. The heights of lanes are in the stylesheet too: their names are HTML.
LANES = {"task": 46, "thread": 54}  # threads hold locks: a second bar
TOP, BAND, HOLD = 17, 22, 14
MIDDLE = TOP + BAND // 2
STEP = 14  # pixels of an event
GAP, GAPS = 112, 300  # pixels of the shortest time that passes; of the longest
FITS = 666  # a desktop's column
SMALLEST, LARGEST = 0.6, 1.5  # to fit, all that may shrink or grow to these parts
TIMELESS = 3.0  # the largest where no time passes: all is narrow
MARGIN = 24
COMPUTES = 112  # pixels of the longest turn; the others in proportion
PHRASE = re.compile(r"(?:in ([^:]+): )?(.*?)(?: \(line (\d+)\))?")
ARTICLES = ("a", "an", "the", "its")
MAKES = ("creates ", "starts ", "submits ")
LETS = ("sets", "frees", "puts", "notifies")
PAUSES = ("sleep", "wait", "join")
MARKS = {
    "ends": "end",
    "fails": "fail",
    "is cancelled": "cancel",
    "never begins": "cancel",
}


@dataclass(frozen=True)
class Row:
    """A line of the recording: what one lane does until it waits."""

    time: str
    lane: str
    phrases: list[tuple[str, str]]  # the coroutine it happens in, what happens


@dataclass(frozen=True)
class Timeline:
    """A recording that was read: of tasks or threads, which, and what they do."""

    kind: str
    lanes: list[str]
    rows: list[Row]


@dataclass(frozen=True)
class Band:
    """What a lane is doing from here to there; the first label that fits is shown."""

    kind: str
    lane: int
    start: float
    end: float
    labels: list[str]


@dataclass(frozen=True)
class Mark:
    """What happens to a lane in one moment."""

    kind: str
    lane: int
    x: float


def parse(text: str) -> Timeline:
    """Read a recording."""
    head, *lines = text.strip("\n").split("\n")
    rows, lanes = [], []
    for line in lines:
        time, lane, events = line.split(" | ")
        found = [PHRASE.fullmatch(event) for event in events.split("; ")]
        phrases = [(match[1] or "", match[2]) for match in found]
        rows.append(Row(time, lane, phrases))
        lanes.append(lane)
        for _, phrase in phrases:
            if phrase.startswith(MAKES):
                lanes += phrase.split(" ", 1)[1].split(", ")
    return Timeline(head.split(" | ")[1], list(dict.fromkeys(lanes)), rows)


def lines_of(phrase: str) -> int:
    """How many lines a turn executed; 0 where it is about something else."""
    if not phrase.startswith("computes "):
        return 0
    return int(phrase.split()[1].replace(",", ""))


def seconds(time: str) -> float:
    """``0.02 s`` as a number."""
    return float(time.removesuffix(" s"))


def laid_out(timeline: Timeline) -> "Layout":
    """The layout, as wide as the page where that can be read."""
    natural = Layout(timeline)
    largest = LARGEST if len(natural.ticks) > 1 else TIMELESS
    return Layout(timeline, min(max(FITS / natural.width, SMALLEST), largest))


@dataclass
class Layout:
    """Walks through the rows and places bands and marks."""

    timeline: Timeline
    zoom: float = 1.0
    bands: list[Band] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    calls: list[tuple[float, int, int]] = field(default_factory=list)
    ticks: list[tuple[float, str]] = field(default_factory=list)
    spans: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.x = 2.0
        self.doing: dict[int, tuple[str, float, list[str]]] = {}
        self.waits: dict[int, str] = {}
        self.most = max(map(lines_of, self.phrases()), default=0)
        self.holds: dict[int, tuple[float, list[str], list[str]]] = {}
        times = sorted({seconds(row.time) for row in self.timeline.rows})
        passes = [b - a for a, b in pairwise(times)]
        scale = GAP / min(passes) if passes else 0
        self.step = STEP * self.zoom
        before = self.timeline.rows[0].time
        self.ticks.append((self.x, before))
        for row in self.timeline.rows:
            if row.time != before:
                passed = (seconds(row.time) - seconds(before)) * scale
                self.x += min(passed, GAPS) * self.zoom
                self.ticks.append((self.x, row.time))
                before = row.time
            self.place(row)
        self.width = self.x + MARGIN

    def phrases(self) -> Iterator[str]:
        """All that happens, in its order."""
        for row in self.timeline.rows:
            yield from (phrase for _, phrase in row.phrases)

    @property
    def lane(self) -> int:
        """The height of a lane."""
        return LANES[self.timeline.kind]

    def top(self, lane: int) -> int:
        """Where a lane begins."""
        return lane * self.lane

    def place(self, row: Row) -> None:
        """One row: each event one step further right."""
        lane = self.timeline.lanes.index(row.lane)
        doing, since, _ = self.doing.get(lane, ("", 0.0, []))
        if doing in PAUSES and since == self.x:
            self.x += self.step  # nobody else did anything while it waited
        start = self.x
        for inside, phrase in row.phrases:
            verb = phrase.partition(" ")[0]
            if verb in ("begins", "goes", "gives"):
                self.turn(lane, "run")
                if verb == "begins":
                    self.spans[row.lane] = (row.time, row.time, "ends")
            elif verb in ("sleeps", "waits", "lets"):
                self.x = max(self.x, start + self.step)
                self.turn(lane, self.pause(phrase), self.labels(inside, phrase))
                thing = phrase.partition(" up to ")[0].removeprefix("waits for ")
                self.waits[lane] = thing
            elif verb == "blocks":
                self.turn(lane, "run", [phrase, "blocks the loop", verb])
                self.x += self.step
            elif mark := next(
                (m for p, m in MARKS.items() if phrase.startswith(p)), ""
            ):
                self.x = max(self.x, start + self.step)
                self.turn(lane, "")
                self.marks.append(Mark(mark, lane, self.x))
                begins = self.spans.get(row.lane, (row.time,))[0]
                self.spans[row.lane] = (begins, row.time, phrase)
            elif verb == "computes":
                self.compute(lane, phrase)
            elif verb in LETS:
                self.x += self.step
                self.let_go(phrase.partition(" ")[2])
            else:
                self.act(lane, verb, phrase)
                self.x += self.step

    def compute(self, lane: int, phrase: str) -> None:
        """A turn: the others that could run do not."""
        for other, (kind, *_) in list(self.doing.items()):
            if other != lane and kind == "run":
                self.turn(other, "ready", ["could run"])
        self.turn(lane, "run", [phrase.removeprefix("computes ")])
        self.x += max(self.step, COMPUTES * lines_of(phrase) / self.most * self.zoom)
        self.turn(lane, "run")

    def act(self, lane: int, verb: str, phrase: str) -> None:
        """What a lane does while it runs."""
        on = phrase.partition(" ")[2]
        if phrase.startswith(MAKES):
            for name in on.split(", "):
                other = self.timeline.lanes.index(name)
                self.calls.append((self.x, lane, other))
                self.turn(other, "new")
        elif verb == "is":
            self.marks.append(Mark("stop", lane, self.x))
        elif verb == "cancels":
            for name in on.split(", "):
                other = self.timeline.lanes.index(name)
                self.marks.append(Mark("stop", other, self.x))
        elif verb == "takes":
            if self.doing[lane][0] != "run":
                self.turn(lane, "run")
            self.take(lane, on)
        elif verb == "releases":
            self.release(lane, on)

    def let_go(self, thing: str) -> None:
        """Who waits for the thing could go on now."""
        for lane in [lane for lane, on in self.waits.items() if on == thing]:
            self.turn(lane, "ready", ["could run"])

    def take(self, lane: int, lock: str) -> None:
        """One bar for all locks that a lane holds at a time."""
        _, names, held = self.holds.setdefault(lane, (self.x, [], []))
        names.append(lock)
        held.append(lock)

    def release(self, lane: int, lock: str) -> None:
        """The bar ends with the last of them."""
        start, names, held = self.holds[lane]
        held.remove(lock)
        if not held:
            del self.holds[lane]
            locks = list(dict.fromkeys(names))
            first = locks[0].partition(" of ")[0]
            texts = [", ".join(locks), locks[0], first, f"{len(locks)} locks"]
            self.bands.append(Band("hold", lane, start, self.x, texts))

    def turn(self, lane: int, kind: str, labels: list[str] | None = None) -> None:
        """The lane stops what it was doing, and does this."""
        before, start, texts = self.doing.pop(lane, ("", 0.0, []))
        if before and self.x > start:
            self.bands.append(Band(before, lane, start, self.x, texts))
        self.waits.pop(lane, None)
        if kind:
            self.doing[lane] = (kind, self.x, labels or [])

    def pause(self, phrase: str) -> str:
        """Does it sleep, wait for a thing, or for other lanes?"""
        if not phrase.startswith("waits for "):
            return "sleep"
        on = phrase.removeprefix("waits for ").partition(" up to ")[0]
        others = {*self.timeline.lanes, "its task group"}
        return "join" if set(on.split(", ")) <= others else "wait"

    def labels(self, inside: str, phrase: str) -> list[str]:
        """What may be written into a band, the longest first."""
        short = phrase.partition(" up to ")[0]
        if not phrase.startswith("waits for "):
            return [f"{inside}: {phrase}", inside, phrase] if inside else [phrase]
        on = short.removeprefix("waits for ")
        if on in self.timeline.lanes:
            return [short, on]
        if ", " in on:
            return [short, on, f"{on.count(', ') + 1} {self.timeline.kind}s"]
        kind = on.partition(" of ")[0].partition(" for ")[0]
        noun = next(word for word in kind.split() if word not in ARTICLES)
        return [short, f"waits for {kind}", kind, noun]
