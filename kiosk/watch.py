"""The thread that reads the card when it has changed, and never lets the screen wait for it."""

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kiosk.holdings import Holdings
from sync.errors import SunboardError

if TYPE_CHECKING:
    from kiosk.card import Card

_log = logging.getLogger(__name__)

LOOK_EVERY: Final = 1.0  # s: PRAGMA data_version costs microseconds


class Watch:
    """The thread that reads the card when it has changed; `tell` is called on that thread.

    `answered` is the monotonic time of the card's last answer, for the watchdog.
    """

    def __init__(self, open_card: Callable[[], "Card"], tell: Callable[[Holdings], None]) -> None:
        self._open_card = open_card
        self._tell = tell
        self._stop = threading.Event()
        self.answered = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="holdings", daemon=True)

    def start(self) -> None:
        """Begin; the first reading comes whatever has changed."""
        self._thread.start()

    def close(self) -> None:
        """End the thread."""
        self._stop.set()
        self._thread.join(timeout=5)

    def _glance(self, card: "Card") -> None:
        """Tell the newest notices at once, and read all when the first picture has been drawn."""
        try:
            holdings = card.glance()
        except SunboardError:
            return
        if holdings:
            self._tell(holdings)
            self._stop.wait(LOOK_EVERY)

    def _run(self) -> None:
        try:
            card = self._open_card()
            troubled = False
            first = True
            self._glance(card)
            while not self._stop.is_set():
                try:
                    if card.changed() or first:
                        first = False
                        self._tell(card.read())
                    self.answered = time.monotonic()
                    if troubled:
                        _log.info("the card can be read again")
                    troubled = False
                except SunboardError as error:
                    if not troubled:
                        _log.warning("the card can't be read: %s", error)
                    troubled = True
                self._stop.wait(LOOK_EVERY)
            card.close()
        except Exception:  # noqa: BLE001  # the top of a thread
            _log.exception("the thread that reads the card has ended")
