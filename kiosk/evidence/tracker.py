"""From looks at the screen to records: what was really drawn, from when to when. Pure.

The drawing thread looks twice a second and at every change (`Tick`); between two looks stood what
the first of them saw. A stretch without looks, in which the loop stood still, or with the panel off
is in no record. Who takes the ticks and keeps the records is `kiosk.evidence.recorder`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from kiosk.evidence.records import Event, Happening, Minute, Power, Record, Seen

MINUTE: Final = 60.0  # s
STANDSTILL: Final = 2.0  # s without a look; one comes every half second
JUMP: Final = 1.0  # s; a time service slews less, and moves both clocks


@dataclass(frozen=True, slots=True)
class Drawn:
    """A notice in sight: its revision, on which screen, and in which turn (a number that grows)."""

    notice: str
    revision: int
    screen: str
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Tick:
    """One look: seconds of CLOCK_BOOTTIME, the system's clock (UTC) and whether it is trusted.

    `earliest` is the time judged by (UTC, `sync.clock.Moment`), if not the system's. `drawn` is None where no notice is in sight, or something lies over it. `board` is the number of
    the sealed board, 0 without one.
    """

    at: float
    wall: datetime
    trusted: bool
    drawn: Drawn | None = None
    power: Power = "unknown"
    board: int = 0
    earliest: datetime | None = None

    @property
    def told(self) -> datetime:
        """The time to be written down: by a trusted clock the earliest that it can be.

        A chip that is days fast is trusted for what is sure of it. What is written becomes the floor of
        later judgements, so it must not be later.
        """
        return self.earliest if self.trusted and self.earliest else self.wall

    @property
    def zero(self) -> float:
        """The wall clock (s since 1970) at the boot's second 0."""
        return self.wall.timestamp() - self.at


@dataclass(frozen=True, slots=True)
class Tracker:
    """What has been seen in the minute that began with the tick `began`; `last` is the latest look.

    `counted` are the notices and revisions that have had the turn `turn`, each once; `zero` the wall clock at the boot's
    second 0 as it was when the clock last jumped. `placed` says that something of the boot's time is
    written down: a proved one, or which is surely over.
    """

    boot: str
    began: Tick | None = None
    last: Tick | None = None
    seen: tuple[Seen, ...] = ()
    turn: int = -1
    counted: frozenset[tuple[str, int]] = frozenset()
    zero: float = 0.0
    placed: bool = False

    def after(self, tick: Tick) -> tuple["Tracker", tuple[Record, ...]]:
        """Return the tracker after a look, and what is to be written down."""
        if self.began is None or self.last is None:
            tracker = replace(self, began=tick, last=tick, zero=tick.zero, placed=_places(tick))
            return tracker, (self._event(tick, "start"), *self._placing(tick))
        if 0 <= tick.at - self.last.at <= STANDSTILL:
            tracker, minutes = self._through(self.began, self.last, tick)
        else:
            tracker, minutes = replace(self, began=tick, seen=()), [_minute(self, self.began)]
        zero = tick.zero if abs(tick.zero - self.zero) > JUMP else self.zero
        events = (*self._changes(self.last, tick), *self._placing(tick))
        placed = self.placed or _places(tick)
        return replace(tracker, last=tick, zero=zero, placed=placed), (*minutes, *events)

    def stop(self, tick: Tick) -> tuple[Record, ...]:
        """Return what is left to be written down when the program ends."""
        if self.last is None:
            return ()
        tracker, records = self.after(tick)
        left = (_minute(tracker, tracker.began),) if tracker.began else ()
        return (*records, *left, self._event(tick, "stop"))

    def _through(self, began: Tick, last: Tick, tick: Tick) -> tuple["Tracker", list[Minute]]:
        """Add what stood between the last look and this one, cut where the minute ends."""
        end = began.at + MINUTE
        if tick.at < end:
            return _stood(self, began, last, tick), []
        passed = timedelta(seconds=end - last.at)
        earliest = last.earliest + passed if last.earliest else None
        cut = replace(last, at=end, wall=last.wall + passed, power=tick.power, earliest=earliest)
        ended = _stood(self, began, last, cut)
        begun = replace(ended, began=cut, seen=())
        return _stood(begun, cut, replace(cut, power=last.power), tick), [_minute(ended, began)]

    def _changes(self, last: Tick, tick: Tick) -> Iterator[Event]:
        """Yield what is new since the last look."""
        off = tick.zero - self.zero
        if abs(off) > JUMP:
            yield self._event(tick, "jump", f"{off:.1f}")
        if tick.trusted != last.trusted:
            yield self._event(tick, "trusted" if tick.trusted else "untrusted")
        if tick.power != last.power:
            yield self._event(tick, "power", tick.power)
        if tick.board != last.board and tick.board:
            yield self._event(tick, "board", str(tick.board))

    def _placing(self, tick: Tick) -> Iterator[Event]:
        """Yield, once a boot, what is surely over where a board stands and no clock is proved."""
        if not (self.placed or tick.trusted) and tick.earliest and _places(tick):
            yield self._event(tick, "untrusted", f"{tick.earliest:%Y-%m-%dT%H:%M:%SZ}")

    def _event(self, tick: Tick, what: Happening, detail: str = "") -> Event:
        return Event(self.boot, round(tick.at, 1), _tenth(tick.told), tick.trusted, what, detail)


def _places(tick: Tick) -> bool:
    return tick.trusted or (tick.earliest is not None and tick.board > 0)


def _stood(tracker: Tracker, began: Tick, last: Tick, until: Tick) -> Tracker:
    """Count what the last look saw until this moment."""
    drawn = last.drawn
    if drawn is None or "off" in (last.power, until.power):
        return tracker
    start, end = round(last.at - began.at, 1), round(until.at - began.at, 1)
    key = (drawn.notice, drawn.revision)
    had = tracker.counted if drawn.turn == tracker.turn else frozenset()
    tracker = replace(tracker, turn=drawn.turn, counted=had | {key})
    seen = Seen(*key, drawn.screen, start, end, key not in had)
    before = tracker.seen[-1] if tracker.seen else None
    if before and not seen.turn and before.end == start and _stand(before) == _stand(seen):
        joined = Seen(*_stand(seen), before.start, end, before.turn)
        return replace(tracker, seen=(*tracker.seen[:-1], joined))
    return replace(tracker, seen=(*tracker.seen, seen))


def _minute(tracker: Tracker, began: Tick) -> Minute:
    seen = tuple(one for one in tracker.seen if one.end > one.start or one.turn)
    return Minute(
        tracker.boot, round(began.at, 1), _tenth(began.told), began.trusted, began.power, seen
    )


def _stand(seen: Seen) -> tuple[str, int, str]:
    return seen.notice, seen.revision, seen.screen


def _tenth(wall: datetime) -> datetime:
    """Return a time to a tenth of a second: more would only fill the card."""
    return wall.replace(microsecond=wall.microsecond // 100_000 * 100_000)
