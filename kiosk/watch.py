"""The thread that reads the card when it has changed, and never lets the screen wait for it."""

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.holdings import Holdings
from sync.errors import SunboardError
from sync.feed.layout import Posting

if TYPE_CHECKING:
    from kiosk.card import Card

_log = logging.getLogger(__name__)

LOOK_EVERY: Final = 1.0  # s: PRAGMA data_version costs microseconds
TRY_AGAIN_AFTER: Final = 3.0  # s: the whole proof is repeated


class Watch:
    """The thread that reads the card when it has changed; `tell` and `bring` are called on that thread.

    `answered` is the monotonic time of the card's last answer, for the watchdog.
    """

    def __init__(
        self,
        open_card: Callable[[], "Card"],
        tell: Callable[[Holdings], None],
        bring: Callable[[str, Posting | None], None] = lambda _id, _posting: None,
    ) -> None:
        self._open_card = open_card
        self._tell = tell
        self._bring = bring
        self._wanted: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._told = self._troubled = False
        self.answered = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="holdings", daemon=True)

    def start(self) -> None:
        """Begin; the first reading comes whatever has changed."""
        self._thread.start()

    def ask(self, notice: str) -> None:
        """Have one notice of the archive read; `bring` is called with it, or with None."""
        self._wanted.put(notice)
        self._wake.set()

    def close(self) -> None:
        """End the thread."""
        self._stop.set()
        self._wake.set()
        self._thread.join(timeout=5)

    def _glance(self, card: "Card") -> None:
        """Tell the newest notices at once, and read all when the first picture has been drawn."""
        try:
            holdings = card.glance()
        except SunboardError:
            return
        if holdings:
            self._hand_over(holdings)
            self._wake.wait(LOOK_EVERY)

    def _hand_over(self, holdings: Holdings) -> None:
        self._told = True
        self._tell(holdings)

    def _say_trouble(self, error: Exception) -> None:
        if self._troubled:
            return
        self._troubled = True
        # What nobody expected is told with its place in the program, for whoever mends it.
        unexpected = None if isinstance(error, SunboardError) else error
        _log.warning("the card can't be read: %r", error, exc_info=unexpected)
        if not self._told:
            said = error.bare if isinstance(error, SunboardError) else str(error)
            self._hand_over(Holdings(loaded=True, refused=said or repr(error)))

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with contextlib.closing(self._open_card()) as card:
                    self._follow(card)
            except Exception as error:  # noqa: BLE001  # the top of a thread, which begins anew
                self._say_trouble(error)
                self._answer(TRY_AGAIN_AFTER)

    def _follow(self, card: "Card") -> None:
        """Read the card whenever it has changed, until the end."""
        if not self._told:
            self._glance(card)
        due = True
        while not self._stop.is_set():
            try:
                due = card.changed() or due
                if due:
                    self._read(card)
                    due = False
                self._bring_wanted(card)
                if self._troubled:
                    _log.info("the card can be read again")
                self._troubled = False
            except SunboardError as error:
                self._say_trouble(error)
                due = True
            self._answer(LOOK_EVERY)

    def _bring_wanted(self, card: "Card") -> None:
        """Read what was asked for; the last one only: nobody waits for what they have left."""
        wanted = ""
        while not self._wanted.empty():
            wanted = self._wanted.get()
        if not wanted:
            return
        try:
            found = card.past(wanted)
        except SunboardError as error:
            _log.warning("a notice of the archive can't be read: %s", type(error).__name__)
            found = None
        self._bring(wanted, found)

    def _read(self, card: "Card") -> None:
        holdings = card.read()
        self._hand_over(holdings)
        # Last: nobody waits for the past, and there may be much of it.
        if (archive := card.archive()) is not None:
            self._hand_over(replace(holdings, archive=archive, record=card.record()))

    def _answer(self, pause: float) -> None:
        """Tell the watchdog that the card answers; a refusal does too: the screen keeps what it has."""
        self.answered = time.monotonic()
        self._wake.wait(pause)
        self._wake.clear()
