"""What time it is, as far as this machine can prove it.

A Raspberry Pi without a clock chip wakes up in the past. The floor is the latest moment there is
proof of: when the program was built, when an accepted feed was issued. Pure, except for
`system_clock_synchronised`, the one question to the kernel.
"""

import ctypes
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

BUILT: Final = datetime(2026, 11, 1, tzinfo=UTC)
_TIME_ERROR: Final = 5  # adjtimex(2): the clock isn't synchronised


@dataclass(frozen=True, slots=True)
class Moment:
    """A time to judge by, in UTC. When `trusted` is False nothing may expire by it."""

    time: datetime
    trusted: bool


def reference(now: datetime, *, synchronised: bool, floor: datetime) -> Moment:
    """Return the system's time if it is synchronised and not below the floor, else the floor."""
    floor = max(floor, BUILT)
    if synchronised and now >= floor:
        return Moment(now, trusted=True)
    return Moment(floor, trusted=False)


def system_clock_synchronised() -> bool:
    """Ask the kernel whether a time service keeps its clock (adjtimex(2))."""
    libc = ctypes.CDLL(None, use_errno=True)
    timex = ctypes.create_string_buffer(512)  # struct timex, all zero: read only
    return bool(0 <= libc.adjtimex(timex) != _TIME_ERROR)
