"""The top of the drawing thread: what is done about an exception that nobody there expected.

One is logged, and the screen goes back to the board. Several within a minute end the program, and
systemd starts it anew: a screen that can't be trusted is worse than three dark seconds.
"""

import logging
import time
from collections.abc import Callable
from typing import Final, TypeVar

from kivy.base import ExceptionHandler, ExceptionManager
from kivy.clock import Clock

_log = logging.getLogger(__name__)
_Made = TypeVar("_Made")

MOST: Final = 5  # mishaps, the last of which ends the program
WITHIN: Final = 60.0  # s


class Mishaps(ExceptionHandler):
    """Takes what the callbacks of Kivy's loop raise; `mend` is called in the next frame."""

    def __init__(self, mend: Callable[[Exception], None]) -> None:
        self._mend = mend
        self._lately: list[float] = []  # monotonic s

    def handle_exception(self, exception: BaseException) -> int:
        """Return whether Kivy goes on (PASS) or ends (RAISE)."""
        if not isinstance(exception, Exception):
            return int(ExceptionManager.RAISE)
        now = time.monotonic()
        self._lately = [one for one in self._lately if now - one < WITHIN] + [now]
        if len(self._lately) >= MOST:
            _log.critical("%s mishaps within a minute: the screen is started anew", MOST)
            return int(ExceptionManager.RAISE)
        _log.error("the screen goes back to the board", exc_info=exception)
        # Not here: what `mend` raises would be nobody's.
        Clock.schedule_once(lambda _: self._mend(exception), 0)
        return int(ExceptionManager.PASS)


class Care:
    """Makes parts of the window, or does without one that can't be made; each is logged once."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def make(self, part: str, make: Callable[[], _Made], otherwise: _Made) -> _Made:
        """Return what `make` does, or `otherwise`."""
        try:
            return make()
        except Exception as error:  # noqa: BLE001  # whatever is wrong with one part, the others stay
            self.tell(part, error)
            return otherwise

    def tell(self, part: str, error: Exception) -> None:
        """Log that `part` could not be drawn, unless that is known."""
        if part not in self._told:
            self._told.add(part)
            _log.error("cannot be drawn: %s", part, exc_info=error)
