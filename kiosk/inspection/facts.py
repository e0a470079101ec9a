"""What the rows of evidence come to: each notice's share of each day, each day's hours, each gap. Pure.

The shares are those that the kiosk's own board counts by (`kiosk.evidence.share`); here is besides
what an inspector asks of a day that didn't count: was the screen off, the panel dark, the clock unproved?
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Final

from kiosk.evidence.beginning import Beginning, surely_over
from kiosk.evidence.records import Event, Minute, Record
from kiosk.evidence.share import LONGEST_WAIT, Key, Tally, tally
from kiosk.evidence.tracker import MINUTE
from sync.clock import CHINA
from sync.workdays import TermRule

SILENT: Final = 600.0  # s without a record in the opening hours are told as a gap
WAITING: Final = 3 * int(
    LONGEST_WAIT / MINUTE
)  # a kiosk writes one a minute; a stranger has no limit
_TOLD: Final = frozenset({"jump", "lost", "broken", "untrusted"})


@dataclass(slots=True)
class Hours:
    """What a day had of its opening hours, in seconds: the program drawing, the panel dark meanwhile.

    `unproved` are seconds that fall on the day only by a clock that nothing has proved; `starts` and
    `jumps` are how often the program began and the clock was set.
    """

    on: float = 0.0
    dark: float = 0.0
    unproved: float = 0.0
    starts: int = 0
    jumps: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """An event that an inspector has to hear of; `proved` says whether its time (UTC) is."""

    at: datetime
    proved: bool
    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` to `end`, UTC."""

    start: datetime
    end: datetime


@dataclass(slots=True)
class Facts:
    """All of it. `beginning` is what the first records say, `proved` the newest proved time (UTC).

    `seen` is from when to when a notice stood on the screen at all, `pictures` the SHA-256 of the
    screen's picture of it. `unproved` are stretches by a clock that nothing has proved.
    """

    tally: Tally = field(default_factory=Tally)
    hours: dict[date, Hours] = field(default_factory=dict)
    seen: dict[Key, Stretch] = field(default_factory=dict)
    pictures: dict[Key, str] = field(default_factory=dict)
    running: list[Stretch] = field(default_factory=list)
    unproved: list[Stretch] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    beginning: Beginning = field(default_factory=Beginning)
    proved: datetime | None = None
    records: int = 0

    @property
    def judged(self) -> date | None:
        """The last day that is over by a proved clock."""
        return self.proved.astimezone(CHINA).date() - timedelta(days=1) if self.proved else None


def gather(records: Iterable[Record], rule: TermRule) -> Facts:
    """Return what records, in the log's order, come to by a village's rule.

    Raises: ValueError, ArithmeticError: no kiosk can have written them.
    """
    facts = Facts()
    placing = _Placing(facts, rule)
    facts.tally = tally(placing.through(records), rule)
    facts.running = _joined(facts.running)
    return facts


def silences(facts: Facts, day: date, rule: TermRule) -> Iterator[Stretch]:
    """Yield the stretches of a day's opening hours in which nothing was recorded for ten minutes."""
    at, closes = (
        datetime.combine(day, each, CHINA).astimezone(UTC) for each in (rule.opens, rule.closes)
    )
    begin = bisect_right(facts.running, at, key=lambda each: each.end)
    for one in islice(facts.running, begin, None):
        if one.start >= closes:
            break
        if (one.start - at).total_seconds() >= SILENT:
            yield Stretch(at, one.start)
        at = max(at, one.end)
    if (closes - at).total_seconds() >= SILENT:
        yield Stretch(at, closes)


class _Placing:
    """Puts minutes on the days that a proof in the same boot gives them, as the tally does."""

    def __init__(self, facts: Facts, rule: TermRule) -> None:
        self._facts, self._rule = facts, rule
        self._boot = ""
        self._zero: datetime | None = None
        self._open: Minute | None = None  # how long it was, the next record says
        self._waiting: deque[tuple[Minute, float]] = deque()
        self._seen: dict[Key, list[float]] = {}  # first and last, in seconds since 1970

    def through(self, records: Iterable[Record]) -> Iterator[Record]:
        """Pass records on, taking note of each."""
        for record in records:
            self._note(record)
            yield record
        self._end_minute(None)
        self._lose(len(self._waiting))
        for key, (first, last) in self._seen.items():
            self._facts.seen[key] = Stretch(_moment(first), _moment(last))

    def _note(self, record: Record) -> None:
        facts = self._facts
        facts.beginning = facts.beginning.after(record)
        facts.records += 1
        self._end_minute(record)
        if record.boot != self._boot:
            self._lose(len(self._waiting))
            self._boot, self._zero = record.boot, None
        while self._waiting and self._waiting[0][0].at < record.at - LONGEST_WAIT:
            self._lose(1)
        if record.trusted:
            facts.proved = record.wall
            self._zero = record.wall - timedelta(seconds=record.at)
            while self._waiting:
                self._place(*self._waiting.popleft(), self._zero)
        if isinstance(record, Minute):
            self._open = record
        else:
            self._tell(record)

    def _end_minute(self, record: Record | None) -> None:
        minute, self._open = self._open, None
        if minute is None:
            return
        length = MINUTE
        if record is not None and record.boot == minute.boot:
            length = min(MINUTE, max(record.at - minute.at, 0.0))
        if self._zero is not None:
            self._place(minute, length, self._zero)
        else:
            self._waiting.append((minute, length))
            if len(self._waiting) > WAITING:
                raise ValueError("more minutes wait for a proof than a fortnight has")

    def _place(self, minute: Minute, length: float, zero: datetime) -> None:
        start = zero + timedelta(seconds=minute.at)
        end = start + timedelta(seconds=length)
        hours = self._hours(start)
        seconds = _within(start, end, self._rule.opens, self._rule.closes)
        hours.on += seconds
        hours.dark += seconds if minute.power == "off" else 0.0
        running = self._facts.running
        if running and running[-1].start <= start <= running[-1].end + timedelta(seconds=MINUTE):
            running[-1] = Stretch(running[-1].start, max(end, running[-1].end))
        else:
            running.append(Stretch(start, end))
        began = start.timestamp()
        for one in minute.seen:
            place = self._seen.setdefault((one.notice, one.revision), [began + one.start, 0.0])
            place[0] = min(place[0], began + one.start)
            place[1] = max(place[1], began + one.end)

    def _lose(self, number: int) -> None:
        """Give up minutes whose clock nothing can prove any more."""
        unproved = self._facts.unproved
        for _ in range(number):
            minute, length = self._waiting.popleft()
            start, end = minute.wall, minute.wall + timedelta(seconds=length)
            self._hours(start).unproved += _within(start, end, self._rule.opens, self._rule.closes)
            near = unproved[-1].end if unproved else start
            if unproved and abs((start - near).total_seconds()) <= MINUTE:
                unproved[-1] = Stretch(unproved[-1].start, end)
            else:
                unproved.append(Stretch(start, end))

    def _tell(self, event: Event) -> None:
        at = event.wall if self._zero is None else self._zero + timedelta(seconds=event.at)
        if event.what == "start":
            self._hours(at).starts += 1
        if event.what == "jump":
            self._hours(at).jumps += 1
        if event.what == "picture":
            self._note_picture(event.detail)
        if event.what in _TOLD and not surely_over(event):  # a boot that begins so has lost nothing
            self._facts.told.append(Told(at, self._zero is not None, event.what, event.detail))

    def _note_picture(self, detail: str) -> None:
        notice, _, rest = detail.partition(" ")
        revision, _, sha256 = rest.partition(" ")
        if revision.isascii() and revision.isdigit():
            self._facts.pictures[notice, int(revision)] = sha256

    def _hours(self, moment: datetime) -> Hours:
        return self._facts.hours.setdefault(moment.astimezone(CHINA).date(), Hours())


def _within(start: datetime, end: datetime, opens: time, closes: time) -> float:
    """Return the seconds from `start` to `end` in the opening hours of the day of `start`."""
    day = start.astimezone(CHINA).date()
    first = max(start, datetime.combine(day, opens, CHINA))
    last = min(end, datetime.combine(day, closes, CHINA))
    return max(0.0, (last - first).total_seconds())


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(round(seconds, 1), UTC)


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Return stretches in order of time, none over another: a clock that was set may repeat hours."""
    joined: list[Stretch] = []
    for one in sorted(stretches, key=lambda each: each.start):
        if joined and one.start <= joined[-1].end:
            joined[-1] = Stretch(joined[-1].start, max(one.end, joined[-1].end))
        else:
            joined.append(one)
    return joined
