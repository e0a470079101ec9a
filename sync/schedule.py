"""When a source is asked again: every so often with jitter, less often the longer it fails.

Pure: the dice come in from outside, delays go out in seconds for a monotonic clock. The count of
failures is kept by `sync.store`, so a reboot does not start the courtesy over.
"""

from typing import Final

LONGEST: Final = 6 * 3600.0  # seconds between two attempts at a source that keeps failing
JITTER: Final = 0.2  # ± share of a delay, so that a county's kiosks do not ask all at once
FIRST: Final = 10.0  # seconds: after a power cut all kiosks of a village start together


def next_delay(interval: float, failures: int, dice: float) -> float:
    """Return the seconds until the next attempt.

    `interval` is in seconds, `failures` counts the attempts since the last success, `dice` is even
    between 0 and 1. The delay doubles with every failure, up to `LONGEST` or the interval itself.
    """
    doubled = interval * 2.0 ** min(failures, 30)
    return max(interval, min(doubled, LONGEST)) * (1 - JITTER + 2 * JITTER * dice)


def first_delay(dice: float) -> float:
    """Return the seconds after the program's start until the first attempt."""
    return FIRST * dice
