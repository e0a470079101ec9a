"""The help line as the screen needs it: kiosk-help's own words turned into `kiosk.present.help`'s.

kiosk-help may be dead, then there is nobody to ask and the screen says so.
"""

import math
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

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
    State,
)
from kiosk.help.line import NO_SOUND, CallView, HelpLine
from kiosk.present.help import Call as ShownCall
from kiosk.present.help import Stage

_OTHER_STAGES: Final[dict[type[State], Stage]] = {
    CountingDown: "countdown", Queued: "queued", Ended: "ended", Cancelled: "cancelled",
}  # fmt: skip
_UNSENT: Final = (CountingDown, Sending, Queued)
PATIENCE: Final = 5.0  # s that kiosk-help has to take a call up; a countdown begins within 0.3 s


class HelpDesk:
    """Asks and follows kiosk-help."""

    def __init__(self, database: Path, run: Path) -> None:
        self._line = HelpLine(database, run)
        self._view = CallView()
        self._unanswered: float | None = None  # since when (monotonic s) a request is
        self._over = ""  # the incident that was over already when it was made

    def request(self) -> None:
        """Ask for a call."""
        self._unanswered = time.monotonic()
        self._over = self._view.call.incident if self._view.call else ""
        self._line.request()

    def cancel(self) -> None:
        """Take the call back."""
        self._line.cancel()

    def end(self) -> None:
        """Say that a person is here: the call is over."""
        self._line.end()

    def alive(self) -> bool:
        """Tell whether kiosk-help runs."""
        return self._line.alive()

    def call(self) -> ShownCall | None:
        """Return the call that is under way or has just ended."""
        if self._line.changed():
            self._view = self._line.state()
        call, now = self._view.call, time.monotonic()
        # What was over already is no answer to what was asked for since.
        old = call is not None and call.incident == self._over and _is_over(call.state)
        if self._unanswered is not None and (call is None or old):
            late = now - self._unanswered > PATIENCE
            return ShownCall("dead" if late or not self.alive() else "starting")
        if call is None:
            return None
        self._unanswered = None
        if isinstance(call.state, _UNSENT) and not self.alive():
            return ShownCall("dead")  # a countdown without anybody to send the call
        seen = shown(call, now)
        if seen.stage == "delivered" and not self.alive():
            return replace(seen, stage="silent")  # nobody is left to hear of an answer
        return seen

    def fault(self) -> str:
        """Return what is wrong with button or line, in kiosk-help's own words, or ""."""
        return next((fault for fault in self._view.line.faults if fault != NO_SOUND), "")

    def tested(self) -> tuple[bool, datetime] | None:
        """Return whether the last test of the whole path was good, and when it was (UTC)."""
        line = self._view.line
        return (line.well, line.tested.wall) if line.tested else None


def shown(call: Call, now: float) -> ShownCall:
    """Return what the screen says of `call` at `now` (monotonic s)."""
    stage, who = _stage(call)
    seconds = 0
    if isinstance(call.state, CountingDown):
        seconds = max(math.ceil(call.state.until - now), 0)
    return ShownCall(stage, seconds, who, call.asked.wall)


def _is_over(state: State) -> bool:
    return isinstance(state, Ended | Cancelled)


def _stage(call: Call) -> tuple[Stage, str]:
    """Return the stage, and who it is about."""
    told = "、".join(call.told)
    state = call.state
    if isinstance(state, Sending):
        return "sending", state.contact
    if isinstance(state, Seen | Coming):
        return "seen" if isinstance(state, Seen) else "coming", state.by
    if isinstance(state, Delivered):
        return "silent" if call.nobody else "delivered", told
    return _OTHER_STAGES[type(state)], told
