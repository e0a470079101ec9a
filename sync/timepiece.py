"""The machine's clocks, as they are read. What they prove is `sync.clock`."""

import ctypes
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sync.clock import Reading

CHIPS: Final = Path("/sys/class/rtc")
_UNKNOWN_ERROR: Final = 16_000_000  # µs; include/linux/timex.h: NTP_PHASE_LIMIT


class _Timex(ctypes.Structure):
    """The start of struct timex of a 64-bit Linux, with room for the rest (adjtimex(2))."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("rest", ctypes.c_char * 480),
    )


def read() -> Reading:
    """Read all clocks at once."""
    return Reading(
        datetime.now(UTC), time.clock_gettime(time.CLOCK_BOOTTIME), synchronised(), chip_time()
    )


def synchronised() -> bool:
    """Ask the kernel whether a time service keeps its clock (adjtimex(2)).

    The question is the one that timedatectl's NTPSynchronized asks (ntp_synced() in systemd's
    src/basic/time-util.c): whether the largest possible error is known to be below 16 s. The flag
    STA_UNSYNC won't do: chrony leaves it set without `rtcsync` (set_sync_status() in its
    sys_timex.c; Debian's settings have it), systemd-timesyncd when the chip is set to local time.
    Both report the error, on Debian 12 as on Raspberry Pi OS. Without a server the kernel raises it
    by 500 µs a second: 8.9 hours later this is False, as it is at once when somebody sets the clock.
    """
    timex = _Timex()  # all zero: read only
    answer = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(timex))
    return bool(answer >= 0 and timex.maxerror < _UNKNOWN_ERROR)


def chip_time(chips: Path = CHIPS) -> datetime | None:
    """Return the time (UTC) of the chip from which the kernel took its time at the start, if any.

    `hctosys` is 0 where it did not: no chip, no driver, or a chip whose battery was empty
    (Documentation/ABI/testing/sysfs-class-rtc).
    """
    for chip in sorted(chips.glob("rtc*")):
        try:
            if (chip / "hctosys").read_text(encoding="ascii").strip() == "1":
                seconds = int((chip / "since_epoch").read_text(encoding="ascii"))
                return datetime.fromtimestamp(seconds, UTC)
        except (OSError, ValueError, OverflowError):
            continue
    return None
