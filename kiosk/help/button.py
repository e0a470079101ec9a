"""What a hand did with the button, told from raw edges: press, hold, release, or a broken button.

Pure: levels and times in, events out. A cable in the open picks up sparks and a worn contact
bounces, so a level counts only once it has stood still for `SETTLE`. What a press means for a call
is `call`; the pins are `pins`.
"""

from dataclasses import dataclass, replace
from typing import Final, TypeAlias

SETTLE: Final = 0.03  # s: contacts bounce for 1 to 20 ms
HOLD: Final = 2.0  # s: long enough not to happen by a slow press
STUCK: Final = 30.0  # s: nobody holds a button that long
UNREST: Final = 5.0  # s of edges without a moment's rest: a loose cable


@dataclass(frozen=True, slots=True)
class Pressed:
    """The button went down at `at`."""

    at: float


@dataclass(frozen=True, slots=True)
class Held:
    """It has been down for `HOLD` seconds."""


@dataclass(frozen=True, slots=True)
class Released:
    """It came up again."""


@dataclass(frozen=True, slots=True)
class Faulty:
    """It can't be relied on: "stuck" down, or an "unsteady" contact."""

    fault: str


@dataclass(frozen=True, slots=True)
class Mended:
    """It works again."""


Event: TypeAlias = Pressed | Held | Released | Faulty | Mended


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of the button. Times are monotonic seconds.

    `level` is what counts, `raw` what the pin said last. A button that was already down at the
    start isn't `pressed`: a stuck one would otherwise call for help at every restart.
    """

    level: bool
    raw: bool
    raw_since: float
    level_since: float
    pressed: bool = False
    held: bool = False
    unrest_since: float | None = None
    fault: str = ""


def start(level: bool, now: float) -> Reading:  # noqa: FBT001  # a pin's level
    """Return the first reading, `level` True for down."""
    return Reading(level=level, raw=level, raw_since=now, level_since=now)


def edge(reading: Reading, level: bool, now: float) -> tuple[Reading, tuple[Event, ...]]:  # noqa: FBT001
    """Take in that the pin is at `level` since `now`; return what that tells."""
    reading, before = settle(reading, now)
    if level == reading.raw:
        return reading, before
    unrest = now if reading.unrest_since is None else reading.unrest_since
    reading = replace(reading, raw=level, raw_since=now, unrest_since=unrest)
    if now - unrest >= UNREST and not reading.fault:
        return replace(reading, fault="unsteady"), (*before, Faulty("unsteady"))
    return reading, before


def settle(reading: Reading, now: float) -> tuple[Reading, tuple[Event, ...]]:
    """Return what has become certain by `now`."""
    events: list[Event] = []
    if now >= reading.raw_since + SETTLE:
        reading = replace(reading, unrest_since=None)
        if reading.raw != reading.level:
            reading = replace(
                reading,
                level=reading.raw,
                level_since=reading.raw_since,
                pressed=reading.raw,
                held=False,
            )
            events.append(Pressed(reading.level_since) if reading.level else Released())
        if reading.fault and not (reading.fault == "stuck" and reading.level):
            reading = replace(reading, fault="")
            events.append(Mended())
    if reading.level and reading.raw:
        reading = _held(reading, now, events)
    return reading, tuple(events)


def next_look(reading: Reading) -> float | None:
    """Return when time alone will tell something new, None if only an edge can."""
    if reading.raw != reading.level or reading.unrest_since is not None:
        return reading.raw_since + SETTLE
    if not reading.level or reading.fault:
        return None
    waits = STUCK if reading.held or not reading.pressed else HOLD
    return reading.level_since + waits


def _held(reading: Reading, now: float, events: list[Event]) -> Reading:
    if now >= reading.level_since + HOLD and reading.pressed and not reading.held:
        reading = replace(reading, held=True)
        events.append(Held())
    if now >= reading.level_since + STUCK and not reading.fault:
        reading = replace(reading, fault="stuck")
        events.append(Faulty("stuck"))
    return reading
