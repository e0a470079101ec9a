"""kiosk-sync: fetches, verifies and keeps the sealed notices. Composition and the round of polls.

    kiosk-sync --settings FILE run            poll the sources for ever (the default)
    kiosk-sync --settings FILE once           ask every source once
    kiosk-sync --settings FILE import FOLDER  take this village's feed from a stick or folder
    kiosk-sync --settings FILE check          prove what is on the card

One attempt is `sync.attempt`, when the next one comes is `sync.schedule`.
"""

import argparse
import logging
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final

from sdnotify import SystemdNotifier

from sync.attempt import Attempts
from sync.blobs import Blobs
from sync.errors import CardFull, SourceUnavailable, SunboardError
from sync.feed.folder import FolderSource
from sync.feed.pull import Card
from sync.feed.source import Source
from sync.feed.stick import find_feed
from sync.records import Attempt, Outcome
from sync.schedule import first_delay, next_delay
from sync.settings import KioskTable, SyncTable, load_tables
from sync.store import Store

logger = logging.getLogger("sunboard.sync")
WENT_WELL: Final = {Outcome.NEW, Outcome.SAME, Outcome.OLDER}
_OTHER_TABLES: Final = ("screen", "voice", "help")
_BEAT: Final = 30.0  # seconds between two signs of life to systemd while waiting
_BUSY_AGAIN: Final = 5.0  # seconds until the next look while an import is working
_IMPORT_PATIENCE: Final = 600.0  # seconds that an import waits for a sync under way


@dataclass(slots=True)
class Polled:
    """A source that is polled, and when next (on the monotonic clock, in seconds)."""

    source: Source
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
        self._working: Source | None = None

    def interrupt(self) -> None:
        """Stop as soon as possible; safe below a signal."""
        self._stop.set()
        if self._working is not None:
            self._working.interrupt()

    def run(self, sources: Sequence[Source]) -> None:
        """Prove what is on the card, then poll every source when it is due, until stopped."""
        with self._attempts.lock(_IMPORT_PATIENCE) as mine:
            if mine:
                tell(self._attempts.check())
        start = time.monotonic()
        polled = [Polled(source, start + first_delay(self._dice())) for source in sources]
        while not self._stop.is_set():
            self._beat()
            for each in polled:
                if each.due <= time.monotonic() and not self._stop.is_set():
                    each.due = time.monotonic() + self._poll(each.source)
            next_due = min((each.due for each in polled), default=time.monotonic() + _BEAT)
            self._stop.wait(max(0.0, min(next_due - time.monotonic(), _BEAT)))

    def attempt(self, source: Source, patience: float = _IMPORT_PATIENCE) -> Attempt | None:
        """Make one attempt; None when stopped, or if another kiosk-sync works all the time."""
        with self._attempts.lock(patience) as mine:
            if not mine:
                return None
            self._working = source
            attempt = self._attempts.sync(source)
            self._working = None
        cut_short = self._stop.is_set() and attempt.outcome is Outcome.UNAVAILABLE
        return None if cut_short else attempt

    def _poll(self, source: Source) -> float:
        """Ask once; return the seconds until the next time."""
        attempt = self.attempt(source, patience=0.0)
        if attempt is None:
            return _BUSY_AGAIN
        failures = self._store.failures(source.name)
        tell(attempt, was_failing=failures > 0)
        failures = 0 if attempt.outcome in WENT_WELL else failures + 1
        try:
            self._store.set_failures(source.name, failures)
        except CardFull as error:
            logger.warning("%s: %s", source.name, error)
        return next_delay(self._interval, failures, self._dice())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit status is 0 when all went well."""
    chosen = _parser().parse_args(arguments)
    logging.basicConfig(format="%(levelname)s %(message)s", level=logging.INFO, stream=sys.stderr)
    # tuf tells every step, urllib3 every connection; here one line says what it came to.
    for library in ("tuf", "urllib3"):
        logging.getLogger(library).setLevel(logging.ERROR)
    try:
        tables = load_tables(
            chosen.settings, {"kiosk": KioskTable, "sync": SyncTable}, _OTHER_TABLES
        )
        return _start(chosen, tables["kiosk"], tables["sync"])
    except SunboardError as error:
        logger.error("%s %s", error, error.advice)  # noqa: TRY400 - for people, not a traceback
        return 1


def _start(chosen: argparse.Namespace, kiosk: KioskTable, sync: SyncTable) -> int:
    store = Store(kiosk.database)
    card = Card(store, Blobs(kiosk.data), kiosk.village, _anchor(sync.anchor), sync.archive_months)
    notifier = SystemdNotifier()
    stop = threading.Event()

    def beat() -> None:
        notifier.notify("WATCHDOG=1")

    attempts = Attempts(card, kiosk.data, stop=stop, beat=beat)
    agent = Agent(store, attempts, stop, interval=sync.interval_minutes * 60.0, beat=beat)

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        agent.interrupt()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    try:
        if chosen.command == "import":
            return _import(agent, attempts, chosen.folder, kiosk.village)
        if chosen.command == "check":
            return _check(attempts)
        sources = _web_sources(sync.sources)
        if chosen.command == "once":
            return _ask_all(agent, sources)
        notifier.notify("READY=1")
        agent.run(sources)
        notifier.notify("STOPPING=1")
        return 0
    finally:
        store.close()


def _import(agent: Agent, attempts: Attempts, folder: Path, village: str) -> int:
    try:
        source = FolderSource(find_feed(folder, village))
    except SourceUnavailable as error:
        tell(attempts.refuse(str(folder), error))
        return 1
    return _status([agent.attempt(source)])


def _check(attempts: Attempts) -> int:
    with attempts.lock(_IMPORT_PATIENCE) as mine:
        found = attempts.check() if mine else None
    tell(found)
    if mine and found is None:
        logger.info("all that is on the card is proven")
    return 0 if mine and found is None else 1


def _ask_all(agent: Agent, sources: Sequence[Source]) -> int:
    return _status([agent.attempt(source) for source in sources])


def _status(ended: Sequence[Attempt | None]) -> int:
    for attempt in ended:
        tell(attempt)
    return 0 if ended and all(each and each.outcome in WENT_WELL for each in ended) else 1


def _web_sources(addresses: Sequence[str]) -> list[Source]:
    # requests takes half of the program's memory: an import from a stick does without it.
    from sync.feed.http import HttpSource  # noqa: PLC0415

    return [HttpSource(address) for address in addresses]


def _anchor(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SunboardError(
            f"the trusted root {path} cannot be read: {error.strerror}",
            advice="Copy the root.json that the office made for this village to that place.",
        ) from error


def tell(attempt: Attempt | None, *, was_failing: bool = False) -> None:
    """Log a source that fails once, and once that it has recovered."""
    if attempt is None:
        return
    if attempt.outcome not in WENT_WELL:
        level = logging.DEBUG if was_failing else logging.WARNING
        logger.log(level, "%s: %s: %s", attempt.source, attempt.outcome, attempt.detail)
        return
    if was_failing:
        logger.info("%s: recovered", attempt.source)
    if attempt.outcome is not Outcome.SAME:
        logger.info("%s: %s, %s notices", attempt.source, attempt.outcome, attempt.notices)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kiosk-sync", description="Fetches, verifies and keeps the sealed notices."
    )
    parser.add_argument("--settings", type=Path, required=True, help="the kiosk's settings file")
    commands = parser.add_subparsers(dest="command", title="commands")
    commands.add_parser("run", help="poll the sources for ever (the default)")
    commands.add_parser("once", help="ask every source once")
    importing = commands.add_parser("import", help="take the feed from a stick or folder")
    importing.add_argument("folder", type=Path, help="where the stick is mounted")
    commands.add_parser("check", help="prove what is on the card")
    return parser


if __name__ == "__main__":
    sys.exit(main())
