"""Timelines: from a trace to the recording's text, and what must hold in it.

A line is one stretch of one task or thread, from where it goes on to where
it waits::

    0.02 s | main | goes on; in ask south: sleeps 0.02 s (line 11)

Its time is what the program asks for in sleeps and time limits, never a
measured one. The tasks of a loop give the same text in every run, but for the
order in which answers come from outside it. Threads do not: of theirs,
:func:`comparable` keeps what all runs have in common.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

PAUSES = (
    "sleeps",
    "blocks the loop for",
    "lets others run",
    "waits",
    "is asked to stop",
    "ends",
    "fails",
    "is cancelled",
    "never begins",
)
ENDS_IN = {
    "sleeps": "goes on",
    "blocks the loop for": "goes on",
    "waits": "gives up",
    "limits": "is asked to stop",
}
MANY = ("creates", "cancels")  # several of these on one line are one
NEXT = "the next that is done"
LET_GO = ("event", "condition", "a place of", "an item in")  # by another thread
STARTS = ("starts ", "submits ")  # a thread, or a job of a pool
LINE = re.compile(r" \(line \d+\)$")
VARIES = re.compile(r"goes on$|waits for |computes ")  # from run to run, with threads
FROM_OUTSIDE = re.compile(r"waits for (a socket|a thread|\w+)$")  # or a library
INSIDE = ("barrier", "condition", "event", "lock")  # one word, and no library


@dataclass(frozen=True)
class Event:
    """One thing that a lane did; see :class:`tracer.Trace`."""

    lane: int
    what: str
    on: str | list[int]
    line: int
    inside: str
    seconds: float | None


def text_of(path: Path) -> str:
    """The recording of the trace that a run has left; empty without two lanes."""
    if not path.is_file():
        return ""
    trace = json.loads(path.read_text("utf-8"))
    lanes = distinct([re.sub(r"[|;:,]", "", name) for name in trace["lanes"]])
    if len(lanes) < 2:
        return ""
    kind = trace["kind"]
    events = named([Event(*event) for event in trace["events"]], trace["things"])
    lines = [f"time | {kind} | what happens"]
    for stretch in stretches(merged(events)):
        clock, first = stretch[0]
        what = "; ".join(worded(event, lanes, kind) for _, event in stretch)
        lines.append(f"{clock:g} s | {lanes[first.lane]} | {what}")
    return "\n".join(lines) + "\n"


def distinct(names: list[str]) -> list[str]:
    """The names, with a number where two are the same."""
    times, seen = Counter(names), Counter()
    numbered = []
    for name in names:
        seen[name] += 1
        numbered.append(f"{name} {seen[name]}" if times[name] > 1 else name)
    return numbered


def named(events: list[Event], things: list[str]) -> Iterator[Event]:
    """The events with the names of the things that they are about."""
    texts = "".join(event.on for event in events if isinstance(event.on, str))
    used = [number for number in range(len(things)) if f"{{{number}}}" in texts]
    names = dict(zip(used, distinct([things[n] for n in used]), strict=True))
    for event in events:
        on = event.on
        if isinstance(on, str):
            on = re.sub(r"\{(\d+)\}", lambda found: names[int(found[1])], on)
        yield replace(event, on=on)


def merged(events: Iterable[Event]) -> Iterator[Event]:
    """The events, with neighbours such as three creations on one line as one."""
    last = None
    for event in events:
        if last and event.what in MANY and replace(event, on=last.on) == last:
            last = replace(last, on=[*last.on, *event.on])
            continue
        if last:
            yield last
        last = event
    if last:
        yield last


def clocked(events: Iterable[Event]) -> Iterator[tuple[float, Event]]:
    """Each event with the time that the program has asked for until then."""
    clock = 0.0
    due: dict[tuple[int, str], float] = {}
    for event in events:
        reached = due.pop((event.lane, event.what), clock)
        if event.what != "is asked to stop" or event.on == "time limit":
            clock = max(clock, reached)
        if event.what in ENDS_IN and event.seconds is not None:
            due[event.lane, ENDS_IN[event.what]] = round(clock + event.seconds, 6)
        elif event.what in ("is asked to stop", "cancels"):  # no sleep goes on
            for lane in event.on if event.what == "cancels" else [event.lane]:
                due.pop((lane, "goes on"), None)
        elif event.what in ("goes on", "takes"):
            due.pop((event.lane, "gives up"), None)
        yield clock, event


def stretches(events: Iterable[Event]) -> Iterator[list[tuple[float, Event]]]:
    """Neighbouring events of one lane, up to where it waits."""
    stretch: list[tuple[float, Event]] = []
    for clock, event in clocked(events):
        if stretch:
            last = stretch[-1][1]
            if event.lane != last.lane or last.what in PAUSES:
                yield stretch
                stretch = []
        stretch.append((clock, event))
    if stretch:
        yield stretch


def worded(event: Event, lanes: list[str], kind: str) -> str:
    """The event as a phrase whose subject is the lane."""
    on = event.on
    if not isinstance(on, str):
        on = ", ".join(lanes[lane] for lane in on)
    seconds = "" if event.seconds is None else f"{event.seconds:g} s"
    match event.what:
        case "creates":
            phrase = f"{'creates' if kind == 'task' else 'starts'} {on}"
        case "waits":
            phrase = f"waits for {on}" + (f" up to {seconds}" if seconds else "")
        case "fails":
            phrase = f"fails with {on}"
        case "limits":
            phrase = f"sets a time limit of {seconds}"
        case "is asked to stop":
            phrase = " by its ".join(part for part in (event.what, on) if part)
        case _:
            phrase = " ".join(part for part in (event.what, on, seconds) if part)
    inside = f"in {event.inside}: " if event.inside else ""
    return inside + phrase + (f" (line {event.line})" if event.line else "")


def phrases(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, lane and phrase of each event of a recording, without its place."""
    for number, row in enumerate(text.splitlines()[1:], 2):
        _, lane, events = row.split(" | ")
        for phrase in events.split("; "):
            yield number, lane, LINE.sub("", phrase)


def comparable(text: str) -> list[str]:
    """What a recording has in common with that of every other run."""
    head, *rows = text.splitlines()
    if head != "time | thread | what happens":
        return [head, *settled(rows)]
    events = [phrase for row in rows for phrase in row.split(" | ")[2].split("; ")]
    started = [phrase for phrase in events if phrase.startswith(STARTS)]
    same = sorted(phrase for phrase in events if not VARIES.match(phrase))
    return [head, *started, *same, *violations(text)]


def settled(rows: list[str]) -> Iterator[str]:
    """The rows of tasks, with neighbours that an answer lets go on in one order.

    Sockets are ready in any order: each is right. What stands between two
    answers, such as a task that waited for the first, keeps its place.
    """
    lanes = {lane_of(row) for row in rows}
    waits: dict[str, bool] = {}
    answered: list[str] = []
    for row in rows:
        lane, events = row.split(" | ")[1:]
        if events.startswith("goes on") and waits.get(lane):
            answered.append(row)
        else:
            yield from sorted(answered, key=lane_of)
            yield row
            answered = []
        found = FROM_OUTSIDE.match(LINE.sub("", events.split("; ")[-1]))
        waits[lane] = found is not None and found[1] not in (*INSIDE, *lanes)
    yield from sorted(answered, key=lane_of)


def lane_of(row: str) -> str:
    """The task to which a row of a recording belongs."""
    return row.split(" | ")[1]


def violations(text: str) -> Iterator[str]:
    """What cannot have happened to threads, in no order of their turns."""
    checks = Checks()
    for number, lane, phrase in phrases(text):
        for problem in checks.see(lane, phrase):
            yield f"line {number}: {problem}"
    for lane in sorted(checks.begun - checks.ended):
        yield f"{lane} does not end"


class Checks:
    """What is known of the threads after each event."""

    def __init__(self) -> None:
        self.begun: set[str] = set()
        self.ended: set[str] = set()
        self.started: set[str] = set()
        self.submitted: set[str] = set()
        self.let_go: set[str] = set()
        self.waits: dict[str, str] = {}
        self.holders: dict[str, list[str]] = {}
        self.arrived: Counter[str] = Counter()
        self.passed: Counter[str] = Counter()

    def see(self, lane: str, phrase: str) -> Iterator[str]:
        """Take in one event; say what is wrong with it."""
        verb, _, on = phrase.partition(" ")
        match verb:
            case "starts":
                self.started.update(on.split(", "))
            case "submits":
                self.started.add(on)
                self.submitted.add(on)
            case "begins":
                if self.begun and lane not in self.started:
                    yield f"{lane} begins before anybody starts it"
                self.begun.add(lane)
            case "waits":
                thing = on.removeprefix("for ").partition(" up to ")[0]
                self.waits[lane] = thing
                self.arrived[thing] += 1
            case "computes":
                if lane in self.waits or lane not in self.begun - self.ended:
                    yield f"{lane} computes while it waits or is not there"
            case "goes":
                yield from self.goes_on(lane, self.waits.pop(lane, ""))
            case "gives":
                self.waits.pop(lane, None)
            case "takes":
                self.waits.pop(lane, None)
                holders = self.holders.setdefault(on, [])
                if set(holders) - {lane}:
                    yield f"{lane} takes {on}, which {holders[0]} holds"
                holders.append(lane)
            case "releases":
                holders = self.holders.setdefault(on, [])
                if lane in holders:
                    holders.remove(lane)
                else:
                    yield f"{lane} releases {on} and does not hold it"
            case "sets" | "frees" | "puts" | "notifies":
                self.let_go.add(on)
            case "ends" | "fails":
                self.ended.add(lane)
                for thing, holders in self.holders.items():
                    if lane in holders:
                        yield f"{lane} ends and holds {thing}"

    def goes_on(self, lane: str, thing: str) -> Iterator[str]:
        """Was there a reason to go on?"""
        others = thing.split(", ")
        if self.started.issuperset(others):
            for other in others:
                if other not in self.ended:
                    yield f"{lane} goes on before {other} ends"
        elif thing == NEXT:
            self.passed[thing] += 1
            if len(self.submitted & self.ended) < self.passed[thing]:
                yield f"{lane} goes on before another job is done"
        elif thing.startswith("barrier"):
            self.passed[thing] += 1
            parties = int(thing.split()[-2])
            rounds = -(-self.passed[thing] // parties)
            if self.arrived[thing] < rounds * parties:
                yield f"{lane} goes on before all have come to {thing}"
        elif thing.startswith(LET_GO) and thing not in self.let_go:
            yield f"{lane} goes on before anybody lets it: {thing}"
