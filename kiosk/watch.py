"""The thread that reads the card when it has changed, and never lets the screen wait for it."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
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
        self._told = False
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
            self._hand_over(holdings)
            self._stop.wait(LOOK_EVERY)

    def _hand_over(self, holdings: Holdings) -> None:
        self._told = True
        self._tell(holdings)

    def _say_trouble(self, error: SunboardError) -> None:
        _log.warning("the card can't be read: %s", error)
        if not self._told:
            self._hand_over(Holdings(loaded=True, refused=str(error)))

    def _run(self) -> None:
        try:
            card = self._open_card()
            self._glance(card)
            due, troubled = True, False
            while not self._stop.is_set():
                try:
                    due = card.changed() or due
                    if due:
                        holdings = card.read()
                        self._hand_over(holdings)
                        due = False
                        # Last: nobody waits for the past, and there may be much of it.
                        if (archive := card.archive()) is not None:
                            self._hand_over(replace(holdings, archive=archive))
                    if troubled:
                        _log.info("the card can be read again")
                    troubled = False
                except SunboardError as error:
                    if not troubled:
                        self._say_trouble(error)
                    due = troubled = True
                # A refusal is an answer too: the screen goes on with what it has.
                self.answered = time.monotonic()
                self._stop.wait(LOOK_EVERY)
            card.close()
        except Exception:  # noqa: BLE001  # the top of a thread
            _log.exception("the thread that reads the card has ended")
