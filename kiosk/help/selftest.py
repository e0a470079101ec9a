"""When the way to the contacts is to be tested again; pure.

At least every three days, as EN 81-28 asks of lift alarms, and by day if it can wait: a robot's
message rings telephones.
"""

from typing import Final

from kiosk.help.incident import Stamp, age_seconds
from kiosk.help.log import LineTest
from sync.clock import CHINA

FIRST: Final = 5.0  # s after the program's start
AGAIN: Final = 600.0  # s after a test that failed, and before one whose last date is unknown
LIMIT: Final = 60.0  # s for all contacts to take the test message
EARLY: Final = 12 * 3600.0  # s before it is due, from which on a test may take place by day


def is_due(last: LineTest | None, now: Stamp, *, days: int, started: float) -> bool:
    """Say whether to test now; `started` is when the program began (monotonic s)."""
    if last is None:
        return now.monotonic - started >= FIRST
    age = age_seconds(last.stamp, now)
    if age is None:
        return now.monotonic - started >= AGAIN
    if last.failed:
        return age >= AGAIN
    by_day = now.trusted and 9 <= now.wall.astimezone(CHINA).hour < 17
    return age >= days * 86400 - (EARLY if by_day else 0)


class Trial:
    """A self-test going on: which of `contacts` haven't answered yet."""

    def __init__(self, contacts: tuple[str, ...], began: Stamp, number: str) -> None:
        self.number = number
        self._contacts = contacts
        self._began = began
        self._outcomes: dict[str, bool] = {}

    def heard(self, contact: str, *, reached: bool) -> None:
        """Take in how the test message to `contact` ended."""
        self._outcomes.setdefault(contact, reached)

    def result(self, now: Stamp) -> LineTest | None:
        """Return how it ended, None while there is still something to wait for."""
        waiting = len(self._outcomes) < len(self._contacts)
        if waiting and now.monotonic < self._began.monotonic + LIMIT:
            return None
        reached = tuple(name for name in self._contacts if self._outcomes.get(name))
        failed = tuple(name for name in self._contacts if not self._outcomes.get(name))
        return LineTest(now, failed, reached)
