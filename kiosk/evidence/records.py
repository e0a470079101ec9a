"""What is written down as evidence that notices were shown: one record a minute, and what happened between.

Values only. A record is one row of the log (`kiosk.evidence.log`), chained to the one before it
(`kiosk.evidence.chain`). Times inside a boot are seconds of CLOCK_BOOTTIME, which nobody can set;
`wall` is UTC: where `trusted` says that the clock could be proved right then, the earliest that it
could be, else what the system's clock said.
"""

from datetime import datetime
from typing import Literal

import msgspec

Power = Literal["on", "off", "unknown"]
Happening = Literal[
    "start",
    "stop",
    "trusted",
    "untrusted",
    "jump",
    "power",
    "broken",
    "lost",
    "board",
    "picture",
    "counted",
]


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """A notice that was really drawn, from `start` to `end` seconds after the record's own `at`.

    `screen` is its name (idle, notice, ledger, …). `turn` is True where this began: an interval that
    a minute's end has cut goes on with False.
    """

    notice: str
    revision: int
    screen: str
    start: float
    end: float
    turn: bool


class Minute(msgspec.Struct, frozen=True, tag="minute"):
    """What was drawn from `at` on, in at most a minute.

    Stretches in which the drawing loop stood still or the panel was off are in none of `seen`.
    """

    boot: str
    at: float
    wall: datetime
    trusted: bool
    power: Power
    seen: tuple[Seen, ...]


class Event(msgspec.Struct, frozen=True, tag="event"):
    """Something that bears on what the minutes prove.

    start, stop: of the program. trusted, untrusted: the clock, from now on; of a boot that begins without
    trust `detail` is the time (ISO, UTC) that is surely over when a board stands in it. jump: the wall clock was
    set by `detail` seconds against the monotonic one. power: the panel is now as `detail` says.
    broken, lost: the chain found at the start doesn't hold, or rows are gone or could not be written;
    `detail` says how. board: another sealed board, `detail` its number. picture: what the window looked
    like when a revision first stood on the idle board; `detail` is the notice, its revision and the
    picture's SHA-256 (lower-case hex), with spaces between. counted: `detail` is the SHA-256 of what the
    rows before this one were counted to be, which is kept beside the chain.
    """

    boot: str
    at: float
    wall: datetime
    trusted: bool
    what: Happening
    detail: str = ""


Record = Minute | Event
