"""What kiosk-help puts up for the screen to see: the view of the call, and the beat of its heart.

Two small files in the memory folder `run`, read by `line`. A folder that can't be written to is
logged once: the call goes on.
"""

import contextlib
import logging
import time
from pathlib import Path

import msgspec

from kiosk.help.line import BEAT, VIEW, CallView

_log = logging.getLogger(__name__)


class Signs:
    """The files in the folder `run`."""

    def __init__(self, run: Path) -> None:
        self._run = run
        self._shown: CallView | None = None
        self._broken = False

    def show(self, view: CallView) -> None:
        """Put up `view`, if it isn't up already."""
        if view != self._shown and self._put(VIEW, msgspec.json.encode(view)):
            self._shown = view

    def beat(self) -> None:
        """Say that the program is at work."""
        self._put(BEAT, f"{time.monotonic():.3f}".encode())

    def take_down(self) -> None:
        """Say that it is not."""
        with contextlib.suppress(OSError):
            (self._run / BEAT).unlink(missing_ok=True)

    def _put(self, name: str, data: bytes) -> bool:
        new = self._run / f"{name}.new"
        try:
            new.write_bytes(data)
            new.replace(self._run / name)
        except OSError as error:
            if not self._broken:
                _log.warning("The screen can't be told: %s", error)
            self._broken = True
            return False
        self._broken = False
        return True
