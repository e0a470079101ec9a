"""The program `kiosk` on a machine whose clock says what a test wants.

    python -m tests.support.wrong_clock CLOCK --settings FILE --tell FILE

Everything else is the real program: the clock is what its composition root is given. CLOCK is a file
with an ISO time at which the clock stands, and `kept` behind it where a time service has set it so.
When the file changes, the clock is set.
"""

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk import app
from sync.clock import Reading


class WrongClock:
    """Goes on at the right speed from the time at which it was last set."""

    def __init__(self, path: Path) -> None:
        self._path, self._said = path, ""

    def now(self) -> datetime:
        """Return what the clock says, in UTC."""
        return self.read().wall

    def read(self) -> Reading:
        """Return all that is judged by; there is no clock chip."""
        awake = time.clock_gettime(time.CLOCK_BOOTTIME)
        said = self._path.read_text(encoding="ascii")
        if said != self._said:
            self._said, self._set_at = said, awake
        start, *kept = said.split()
        wall = datetime.fromisoformat(start) + timedelta(seconds=awake - self._set_at)
        return Reading(wall.astimezone(UTC), awake, synchronised=bool(kept))

    def beat(self) -> None:
        """Nothing was ever written down."""


if __name__ == "__main__":
    raise SystemExit(app.main(time=WrongClock(Path(sys.argv.pop(1)))))
