"""On which days a notice had its share of the screen: what makes a day count as shown. Pure.

The rule is the village's own (`sync.workdays.TermRule`): so many minutes and so many turns within
the opening hours. A minute whose wall clock couldn't be proved right counts on the day that a later
or earlier proof in the same boot gives it, by the clock that nobody can set; without any proof in
its boot it counts on no day. A missed day is made up at the end, so every doubt prolongs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from typing import Final

from kiosk.evidence.records import Event, Minute, Record
from sync.workdays import TermRule

CHINA: Final = timezone(timedelta(hours=8))
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
    `waiting` are the minutes of boots whose clock nothing has proved yet.
    """

    shares: Mapping[tuple[Key, date], Share] = field(default_factory=dict)
    clocks: Mapping[str, datetime] = field(default_factory=dict)
    waiting: tuple[Minute, ...] = ()


def tally(records: Iterable[Record], rule: TermRule, before: Tally | None = None) -> Tally:
    """Return `before` with what `records` add."""
    old = before or Tally()
    shares, clocks, waiting = dict(old.shares), dict(old.clocks), list(old.waiting)
    for record in records:
        if record.trusted:
            clocks[record.boot] = record.wall - timedelta(seconds=record.at)
            if waiting:
                for late in [one for one in waiting if one.boot == record.boot]:
                    waiting.remove(late)
                    _add(shares, late, clocks[late.boot], rule)
        if isinstance(record, Event):
            continue
        if record.boot in clocks:
            _add(shares, record, clocks[record.boot], rule)
        elif record.seen:
            waiting.append(record)
    return Tally(shares, clocks, tuple(waiting))


def counted_days(found: Tally, notice: Key, rule: TermRule) -> frozenset[date]:
    """Return the days on which a notice had its share."""
    return frozenset(
        day for (key, day), share in found.shares.items() if key == notice and share.counts(rule)
    )


def _add(
    shares: dict[tuple[Key, date], Share], minute: Minute, zero: datetime, rule: TermRule
) -> None:
    for seen in minute.seen:
        began = (zero + timedelta(seconds=minute.at + seen.start)).astimezone(CHINA)
        ended = (zero + timedelta(seconds=minute.at + seen.end)).astimezone(CHINA)
        seconds = _within(began, ended, rule.opens, rule.closes)
        if seconds > 0:
            place = (seen.notice, seen.revision), began.date()
            shares[place] = shares.get(place, Share()).plus(seconds, int(seen.turn))


def _within(began: datetime, ended: datetime, opens: time, closes: time) -> float:
    """Return the seconds from `began` to `ended` that lie in the opening hours of the day of `began`."""
    day = began.date()
    first = max(began, datetime.combine(day, opens, CHINA))
    last = min(ended, datetime.combine(day, closes, CHINA))
    return max(0.0, (last - first).total_seconds())
