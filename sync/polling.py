"""The round of polls: every source in its turn, then the outbox, until stopped; what is told about it.

The journal is told in English, for whoever services the kiosk; the caretaker reads the status page. Who
runs a command by hand is told in the status page's own words (`OUTCOMES`), English in brackets.
When the next turn comes is `sync.schedule`, what a turn does `sync.attempt`.
"""

import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from sync.attempt import Attempts
from sync.errors import CardFull, SyncError
from sync.feed.source import Source
from sync.records import CARD, Attempt, Outcome
from sync.schedule import first_delay, next_delay
from sync.store import Store

if (
    TYPE_CHECKING
):  # requests takes half of the program's memory: an import from a stick does without it
    from sync.delivery import Dispatch

logger = logging.getLogger("sunboard.sync")
WENT_WELL: Final = {Outcome.NEW, Outcome.SAME, Outcome.OLDER}
OUTCOMES: Final = {
    Outcome.NEW: "收到新公示",
    Outcome.SAME: "没有新内容",
    Outcome.OLDER: "比现在显示的旧",
    Outcome.NOT_TRUSTED: "拒绝：印章或签名核对不上",
    Outcome.NOT_UNDERSTOOD: "读不懂",
    Outcome.CARD_FULL: "存储卡满了",
}
PATIENCE: Final = 600.0  # seconds that an import waits for a sync under way
_BEAT: Final = 30.0  # seconds between two signs of life to systemd while waiting
_BUSY_AGAIN: Final = 5.0  # seconds until the next look while an import is working


class Cuttable(Protocol):
    """What can be ended from another thread."""

    def interrupt(self) -> None:
        """Cut every connection."""


@dataclass(slots=True)
class Polled:
    """What is asked, and when next (on the monotonic clock, in seconds): `ask` returns in how many."""

    ask: Callable[[], float]
    due: float


class Agent:
    """The round of polls over one card."""

    def __init__(
        self,
        store: Store,
        attempts: Attempts,
        stop: threading.Event,
        *,
        interval: float,
        beat: Callable[[], None] = lambda: None,
        dice: Callable[[], float] = random.random,
    ) -> None:
        self._store = store
        self._attempts = attempts
        self._stop = stop
        self._interval = interval
        self._beat = beat
        self._dice = dice
        self._working: Cuttable | None = None

    def interrupt(self) -> None:
        """Stop as soon as possible; called from another thread."""
        self._stop.set()
        if self._working is not None:
            self._working.interrupt()

    def run(self, sources: Sequence[Source], dispatch: "Dispatch | None" = None) -> None:
        """Prove what is on the card, then poll every source and send when it is due, until stopped."""
        with self._attempts.lock(PATIENCE) as mine:
            if mine:
                tell(self._attempts.check())
        start = time.monotonic()
        asks = [partial(self._poll, source) for source in sources]
        asks += [partial(self._send, dispatch)] if dispatch else []
        polled = [Polled(ask, start + first_delay(self._dice())) for ask in asks]
        while not self._stop.is_set():
            self._beat()
            self._attempts.keep_watch()
            for each in polled:
                if each.due <= time.monotonic() and not self._stop.is_set():
                    each.due = time.monotonic() + each.ask()
            next_due = min((each.due for each in polled), default=time.monotonic() + _BEAT)
            self._stop.wait(max(0.0, min(next_due - time.monotonic(), _BEAT)))

    def attempt(self, source: Source, patience: float = PATIENCE) -> Attempt | None:
        """Make one attempt; None when stopped, or if another kiosk-sync works all the time."""
        with self._attempts.lock(patience) as mine:
            if not mine:
                return None
            self._working = source
            attempt = self._attempts.sync(source)
            self._working = None
        cut_short = self._stop.is_set() and attempt.outcome is Outcome.UNAVAILABLE
        return None if cut_short else attempt

    def flush(self, dispatch: "Dispatch") -> bool:
        """Send what waits; tell whether nothing is left. Raises: SyncError: the rest waits."""
        self._working = dispatch.hub
        try:
            return dispatch.flush()
        finally:
            self._working = None

    def _send(self, dispatch: "Dispatch") -> float:
        """Send once; return the seconds until the next time."""
        source = f"outbox {dispatch.hub.name}"
        failures = self._store.failures(source)
        try:
            if not self.flush(dispatch):
                return _BUSY_AGAIN
        except SyncError as error:
            level = logging.DEBUG if failures else logging.WARNING
            logger.log(level, "%s: %s. %s", dispatch.hub.name, error, error.advice)
            after = failures + 1
        else:
            after = 0
            if failures:
                logger.info("%s: recovered", dispatch.hub.name)
        self._remember(source, after)
        return next_delay(self._interval, after, self._dice())

    def _remember(self, source: str, failures: int) -> None:
        try:
            self._store.set_failures(source, failures)
        except CardFull as error:
            logger.warning("%s: %s", source, error)

    def _poll(self, source: Source) -> float:
        """Ask once; return the seconds until the next time."""
        attempt = self.attempt(source, patience=0.0)
        if attempt is None:
            return _BUSY_AGAIN
        failures = self._store.failures(source.name)
        tell(attempt, was_failing=failures > 0)
        failures = 0 if attempt.outcome in WENT_WELL else failures + 1
        self._remember(source.name, failures)
        return next_delay(self._interval, failures, self._dice())


def tell(attempt: Attempt | None, *, was_failing: bool = False, asked: bool = False) -> None:
    """Log a source that fails once, and once that it has recovered; whoever `asked` hears all."""
    if attempt is None:
        if asked:
            logger.info(
                "没有做：停下了，或另一个 kiosk-sync 正在做 (not done: stopped, or another at work)"
            )
        return
    if attempt.outcome not in WENT_WELL:
        level = logging.DEBUG if was_failing else logging.WARNING
        said = f"{in_chinese(attempt)} ({attempt.outcome})" if asked else attempt.outcome
        logger.log(level, "%s: %s: %s. %s", attempt.source, said, attempt.detail, attempt.advice)
        return
    if was_failing:
        logger.info("%s: recovered", attempt.source)
    if asked:
        words = "%s：%s，%s 条 (%s, %s notices)"
        told = (attempt.source, in_chinese(attempt), attempt.notices)
        logger.info(words, *told, attempt.outcome, attempt.notices)
    elif attempt.outcome is not Outcome.SAME:
        logger.info("%s: %s, %s notices", attempt.source, attempt.outcome, attempt.notices)


def in_chinese(attempt: Attempt) -> str:
    """Return how an attempt ended, as the kiosk's status page has it."""
    if attempt.outcome is not Outcome.UNAVAILABLE:
        return OUTCOMES[attempt.outcome]
    if attempt.source == CARD:
        return "存储卡上发现损坏"
    web = attempt.source.startswith(("http://", "https://"))
    return "连不上" if web else "U 盘上取不到公示"
