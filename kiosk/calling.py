"""The help line as the screen needs it: kiosk-help's own words turned into `kiosk.present.help`'s.

kiosk-help may be dead, then there is nobody to ask and the screen says so.
"""

import math
import time
from datetime import datetime
from pathlib import Path

from kiosk.help.incident import (
    Call,
    Cancelled,
    Coming,
    CountingDown,
    Delivered,
    Ended,
    Queued,
    Seen,
    Sending,
)
from kiosk.help.line import CallView, HelpLine
from kiosk.present.help import Call as ShownCall


class HelpDesk:
    """Asks and follows kiosk-help."""

    def __init__(self, database: Path, run: Path) -> None:
        self._line = HelpLine(database, run)
        self._view = CallView()

    def request(self) -> None:
        """Ask for a call."""
        self._line.request()

    def cancel(self) -> None:
        """Take the call back."""
        self._line.cancel()

    def alive(self) -> bool:
        """Tell whether kiosk-help runs."""
        return self._line.alive()

    def call(self) -> ShownCall | None:
        """Return the call that is under way or has just ended."""
        if self._line.changed():
            self._view = self._line.state()
        call = self._view.call
        return shown(call, time.monotonic()) if call else None

    def tested(self) -> tuple[bool, datetime] | None:
        """Return whether the last test of the whole path was good, and when it was (UTC)."""
        line = self._view.line
        return (line.well, line.tested.wall) if line.tested else None


def shown(call: Call, now: float) -> ShownCall:
    """Return what the screen says of `call` at `now` (monotonic s)."""
    told, since = "、".join(call.told), call.asked.wall
    match call.state:
        case CountingDown(until):
            return ShownCall("countdown", seconds=max(math.ceil(until - now), 0))
        case Sending(contact):
            return ShownCall("sending", who=contact)
        case Delivered():
            return ShownCall("silent" if call.nobody else "delivered", who=told, since=since)
        case Seen(by):
            return ShownCall("seen", who=by, since=since)
        case Coming(by):
            return ShownCall("coming", who=by, since=since)
        case Queued():
            return ShownCall("queued", who=told, since=since)
        case Ended():
            return ShownCall("ended", who=told)
        case Cancelled():
            return ShownCall("cancelled")
