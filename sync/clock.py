"""What time it is, as far as this machine can prove it.

A Raspberry Pi without a clock chip wakes up in the past, a chip may have been set wrong, a time
server may lie. Here stands when the clock may be judged by, and which time then: the earliest that
it can be, so that every doubt keeps a notice up. Why so: docs/adr/0007-clock.md. Pure; who reads
the machine's clocks is `sync.timepiece`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Final, Literal

CHINA: Final = timezone(timedelta(hours=8))  # one zone for the whole country, without summer time
BUILT: Final = datetime(2026, 11, 1, tzinfo=UTC)  # the day of the newest entry in CHANGELOG.md
JUMP: Final = timedelta(seconds=10)  # time services slew or step by less once they have the time
FAST: Final = timedelta(hours=1)  # an office's computer may be, and a right clock then seems behind
LEAP: Final = timedelta(days=62)  # no clock is believed so far ahead of what is proved, or signed
CONTRADICTION: Final = timedelta(days=1)  # a time service that steps ahead by more has lied once
DRIFT: Final = 200e-6  # of a quartz, at worst; a Raspberry Pi's and a DS3231's are far better
ALIKE: Final = timedelta(seconds=5)  # between system and chip, which counts whole seconds
CARRIED: Final = timedelta(days=3)  # a stick is brought after a weekend at the latest

Why = Literal["network", "held", "chip", "behind", "ahead", "moved", "chip-unproved", "unset"]
Change = Literal["trusted", "untrusted", "jump"]
DISPROVED: Final[frozenset[Why]] = frozenset({"behind", "ahead", "moved"})
TRUSTED: Final[frozenset[Why]] = frozenset({"network", "held", "chip"})


@dataclass(frozen=True, slots=True)
class Moment:
    """A time to judge by, in UTC. When `trusted` is False nothing may expire by it."""

    time: datetime
    trusted: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The machine's clocks at one moment.

    `wall` is the system's time (UTC), `at` seconds of CLOCK_BOOTTIME, which nobody can set, `chip`
    the time (UTC, whole seconds) of a clock chip that has set the system's at the start, if any.
    """

    wall: datetime
    at: float
    synchronised: bool
    chip: datetime | None = None

    @property
    def alike(self) -> bool:
        """Whether system and chip, which were equal at the start, have only drifted apart since."""
        if self.chip is None:
            return False
        return abs(self.chip - self.wall) <= ALIKE + timedelta(seconds=self.at * DRIFT)

    @property
    def zero(self) -> datetime:
        """What the system's clock calls the second 0 of CLOCK_BOOTTIME: it moves when that is set."""
        return self.wall - timedelta(seconds=self.at)


@dataclass(frozen=True, slots=True)
class ChipProof:
    """That the chip was compared with a proof when it said `at` (UTC): it was at most `ahead` s fast."""

    at: datetime
    ahead: float

    def earliest(self, chip: datetime) -> datetime:
        """Return the earliest time it can be when the chip, which nobody has set since, says `chip`."""
        return chip - timedelta(seconds=self.ahead) - (chip - self.at) * DRIFT


@dataclass(frozen=True, slots=True)
class Proved:
    """What is proved without looking at the clock; times are UTC.

    issued: of the feed that is held, signed. shown: the latest time that a trusted clock was seen to
    show. beat: the latest that the evidence of display was written down at by a trusted clock.
    """

    issued: datetime | None = None
    shown: datetime | None = None
    beat: datetime | None = None
    chip: ChipProof | None = None

    @property
    def floor(self) -> datetime:
        """The latest moment that certainly is over."""
        return max(BUILT, *(one or BUILT for one in (self.issued, self.shown, self.beat)))


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """What happened to the clock when it said `wall` (UTC, after it).

    trusted: it is again, after `seconds` without trust. untrusted: no longer. jump: it was set by
    `seconds`, forward if positive; before, it would have said `wall` less that.
    """

    what: Change
    wall: datetime
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A clock that was proved in this boot at the second `at`: what it calls the second 0.

    At that time it was at most `ahead` fast; `kept` says that a time service kept it.
    """

    zero: datetime
    at: float
    ahead: timedelta
    kept: bool

    def expected(self, reading: Reading) -> datetime:
        """Return what the clock would say now."""
        return self.zero + timedelta(seconds=reading.at)

    def slack(self, reading: Reading) -> timedelta:
        """Return how far two clocks may have drifted apart since."""
        return timedelta(seconds=max(0.0, reading.at - self.at) * DRIFT)

    def earliest(self, reading: Reading) -> datetime:
        """Return the earliest time it can be."""
        return self.expected(reading) - self.ahead - self.slack(reading)

    def holds(self, reading: Reading) -> bool:
        """Tell whether the clock has not been set since."""
        return abs(reading.wall - self.expected(reading)) <= JUMP + self.slack(reading)


@dataclass(frozen=True, slots=True)
class Watch:
    """What the looks at the clock in this boot have come to, and what the last one has brought.

    `line` is the last proof, `refused` the chip's proof that doesn't count because the chip was set
    after it, `shown` the latest trusted time, `since` the second of the last change of trust.
    """

    reading: Reading
    moment: Moment
    why: Why
    line: Line | None = None
    refused: ChipProof | None = None
    shown: datetime = BUILT
    since: float = 0.0
    events: tuple[ClockEvent, ...] = ()


def look(before: Watch | None, reading: Reading, proved: Proved) -> Watch:
    """Look at the clock; `before` is the watch after the last look in this boot, None for the first.

    The trusted time is the earliest that it can be and never below the floor; without trust it is
    the floor itself.
    """
    shown = before.shown if before else BUILT
    floor = max(proved.floor, shown)
    refused = _refused(before, reading, proved)
    line = before.line if before else None
    if (
        line
        and proved.issued
        and proved.issued > line.expected(reading) + line.slack(reading) + FAST
    ):
        line = None  # the office has signed something that by this clock isn't written yet
    chip = proved.chip if proved.chip != refused else None
    why = _judge(line, reading, chip, floor, max(BUILT, proved.issued or BUILT))
    if why == "network":
        line = Line(reading.zero, reading.at, timedelta(0), kept=True)
    elif why == "chip" and proved.chip and reading.chip:
        ahead = reading.wall - min(reading.wall, proved.chip.earliest(reading.chip))
        line = Line(reading.zero, reading.at, ahead, kept=False)
    trusted = why in TRUSTED and line is not None
    time = max(floor, line.earliest(reading)) if trusted and line else floor
    changed = before is None or before.moment.trusted != trusted
    return Watch(
        reading, Moment(time, trusted), why, line, refused,
        shown=max(shown, time) if trusted else shown,
        since=reading.at if before is None or changed else before.since,
        events=_events(before, reading, trusted=trusted),
    )  # fmt: skip


def chip_proof(watch: Watch, proved: Proved) -> ChipProof | None:
    """Return what is proved of the chip after a look; None if nothing is, or no longer.

    A time service proves it exactly. A signed issue does so from one side: it can't be earlier than
    that, so a chip that is past it by a day is fast by a day at most.
    """
    reading = watch.reading
    known = proved.chip if proved.chip != watch.refused else None
    if reading.chip is None:
        return known
    if watch.why == "network":
        fast = max(0.0, (reading.chip - reading.wall).total_seconds())
        return ChipProof(reading.chip, fast) if reading.alike else None
    if not reading.alike or proved.issued is None:
        return known
    ahead = reading.chip - proved.issued
    sharper = known is None or proved.issued > known.earliest(reading.chip)
    if sharper and timedelta(0) <= ahead <= CARRIED:
        return ChipProof(reading.chip, ahead.total_seconds())
    return known


def _judge(
    line: Line | None,
    reading: Reading,
    chip: ChipProof | None,
    floor: datetime,
    signed: datetime,
) -> Why:
    if reading.wall < floor - FAST:
        return "behind"
    if _leaps(line, reading, floor, signed):
        return "ahead"
    if reading.synchronised:
        return "network"
    if line and line.holds(reading):
        return "held"
    if chip and reading.chip and chip.at <= reading.chip and reading.alike:
        return "chip"
    unproved: Why = "chip-unproved" if reading.chip else "unset"
    return "moved" if line else unproved


def _leaps(line: Line | None, reading: Reading, floor: datetime, signed: datetime) -> bool:
    """Tell whether the clock is too far ahead to be believed, even if a time service keeps it.

    A service is measured by what was `signed` and by this boot's own seconds: measured by what itself
    has shown before, it would get as far as it likes, a leap at each start.
    """
    if reading.synchronised:
        floor = signed + timedelta(seconds=reading.at * (1 + DRIFT))
    lied = line and line.kept and reading.wall - line.expected(reading) > CONTRADICTION
    return reading.wall > floor + LEAP or bool(reading.synchronised and lied)


def _refused(before: Watch | None, reading: Reading, proved: Proved) -> ChipProof | None:
    """Return the chip's proof that is void, because the chip was set and no time service did it."""
    if before is None:
        return None
    if reading.synchronised or before.reading.chip is None or reading.chip is None:
        return before.refused
    step = (reading.chip - before.reading.chip) - _between(before.reading, reading)
    return proved.chip if abs(step) > JUMP else before.refused


def _events(before: Watch | None, reading: Reading, *, trusted: bool) -> tuple[ClockEvent, ...]:
    events = []
    if before:
        passed = _between(before.reading, reading)
        step = reading.zero - before.reading.zero
        if abs(step) > JUMP + passed * DRIFT:
            events.append(ClockEvent("jump", reading.wall, step.total_seconds()))
    if trusted != (before is None or before.moment.trusted):
        without = reading.at - before.since if before and trusted else 0.0
        events.append(ClockEvent("trusted" if trusted else "untrusted", reading.wall, without))
    return tuple(events)


def _between(first: Reading, second: Reading) -> timedelta:
    return timedelta(seconds=second.at - first.at)
