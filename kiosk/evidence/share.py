"""On which days a notice had its share of the screen: what makes a day count as shown. Pure.

The rule is the village's own (`sync.workdays.TermRule`): so many minutes and so many turns within
the opening hours. A minute whose wall clock couldn't be proved right counts on the day that a later
or earlier proof in the same boot gives it, by the clock that nobody can set; without any proof in
its boot it counts on no day. A missed day is made up at the end, so every doubt prolongs.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from kiosk.evidence.records import Event, Minute, Record
from sync.clock import CHINA
from sync.workdays import TermRule

LONGEST_WAIT: Final = (
    14 * 86_400.0
)  # s that minutes wait for a proof of their clock: ten working days
_DAY: Final = 86_400.0  # s
Key = tuple[str, int]  # a notice's id and revision


@dataclass(frozen=True, slots=True)
class Share:
    """What a notice had of one day's opening hours: seconds on the screen, and turns."""

    seconds: float = 0.0
    turns: int = 0

    def plus(self, seconds: float, turns: int) -> "Share":
        """Return the share with more of both."""
        return Share(self.seconds + seconds, self.turns + turns)

    def counts(self, rule: TermRule) -> bool:
        """Tell whether the day counts."""
        return self.seconds >= rule.share_minutes * 60 and self.turns >= rule.share_turns


@dataclass(frozen=True, slots=True)
class Tally:
    """The shares of every notice by day, and the boots' proven clocks. Grows by records, in order.

    `clocks` is by boot the wall time (UTC) of its second 0, as far as a trusted clock has told it;
    `waiting` are the minutes of a boot whose clock nothing has proved yet, of the last
    fortnight. Both are only of the latest boot: nothing can prove the clock of one that is over.
    """

    shares: Mapping[tuple[Key, date], Share] = field(default_factory=dict)
    clocks: Mapping[str, datetime] = field(default_factory=dict)
    waiting: tuple[Minute, ...] = ()


def tally(records: Iterable[Record], rule: TermRule, before: Tally | None = None) -> Tally:
    """Return `before` with what `records` add."""
    old = before or Tally()
    shares, clocks, waiting = dict(old.shares), dict(old.clocks), deque(old.waiting)
    for record in records:
        clocks = {boot: zero for boot, zero in clocks.items() if boot == record.boot}
        while waiting and _is_lost(waiting[0], record):
            waiting.popleft()
        if record.trusted:
            clocks[record.boot] = record.wall - timedelta(seconds=record.at)
            while waiting:
                _add(shares, waiting.popleft(), clocks[record.boot], rule)
        if isinstance(record, Event):
            continue
        if record.boot in clocks:
            _add(shares, record, clocks[record.boot], rule)
        elif record.seen:
            waiting.append(record)
    return Tally(shares, clocks, tuple(waiting))


def since(found: Tally, day: date) -> Tally:
    """Return the tally without what lies before `day`: what is long gone needs no memory."""
    return replace(found, shares={key: one for key, one in found.shares.items() if key[1] >= day})


def counted_days(found: Tally, rule: TermRule) -> Mapping[Key, frozenset[date]]:
    """Return for every notice the days on which it had its share."""
    days: dict[Key, set[date]] = {}
    for (key, day), share in found.shares.items():
        if share.counts(rule):
            days.setdefault(key, set()).add(day)
    return {key: frozenset(each) for key, each in days.items()}


def _is_lost(waiting: Minute, now: Record) -> bool:
    """Tell whether a minute has waited too long, or its boot is over."""
    return waiting.boot != now.boot or waiting.at < now.at - LONGEST_WAIT


def _add(
    shares: dict[tuple[Key, date], Share], minute: Minute, zero: datetime, rule: TermRule
) -> None:
    # Seconds of the day as numbers: a log of years has millions of these.
    began = (zero + timedelta(seconds=minute.at)).astimezone(CHINA)
    today, tomorrow = began.date(), began.date() + timedelta(days=1)
    at = _seconds(began.time())
    opens, closes = _seconds(rule.opens), _seconds(rule.closes)
    for seen in minute.seen:
        start, end, day = at + seen.start, at + seen.end, today
        if start >= _DAY:
            start, end, day = start - _DAY, end - _DAY, tomorrow
        seconds = round(min(end, closes) - max(start, opens), 6)
        if seconds > 0:
            place = (seen.notice, seen.revision), day
            shares[place] = shares.get(place, Share()).plus(seconds, int(seen.turn))


def _seconds(hour: time) -> float:
    return hour.hour * 3600 + hour.minute * 60 + hour.second + hour.microsecond / 1e6
