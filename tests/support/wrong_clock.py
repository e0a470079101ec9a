"""The program `kiosk` on a machine whose clock is wrong and which no time service corrects.

    python -m tests.support.wrong_clock 1970-01-01T00:00:20+00:00 --settings FILE --tell FILE

Everything else is the real program: the clock is what its composition root is given.
"""

import sys
import time
from datetime import UTC, datetime, timedelta

from kiosk import app
from sync.clock import BUILT, Moment, reference


class WrongClock:
    """Goes on at the right speed from the wrong time."""

    def __init__(self, start: datetime) -> None:
        self._start, self._began = start, time.monotonic()

    def now(self) -> datetime:
        """Return what the clock says, in UTC."""
        return (self._start + timedelta(seconds=time.monotonic() - self._began)).astimezone(UTC)

    def moment(self, floor: datetime | None) -> Moment:
        """Return the time to judge by, as the kiosk works it out."""
        return reference(self.now(), synchronised=False, floor=floor or BUILT)


if __name__ == "__main__":
    raise SystemExit(app.main(time=WrongClock(datetime.fromisoformat(sys.argv.pop(1)))))
